package org.drawbridge.account;

import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/** The accounts of our domains. Thread-safe; a reload may change the answers. */
public interface Accounts {

  /** The account of this address, or null if there is none. */
  @Nullable UserAccount find(Aor aor);

  /** Whether the domain is one of ours. */
  boolean serves(String domain);
}
