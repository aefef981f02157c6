package org.drawbridge.account;

import java.util.Locale;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkAccount;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.jspecify.annotations.Nullable;

/**
 * An address of record.
 *
 * @param user the user part, unescaped; case matters
 * @param domain the domain, in lower case
 */
public record Aor(String user, String domain) {

  /** Folds the domain to lower case (RFC 3261 19.1.4). */
  public Aor {
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /** The account that a trunk registers as; null where we go to the trunk. */
  public static @Nullable Aor of(Trunk trunk) {
    TrunkAccount account = trunk.account();
    return account == null ? null : new Aor(account.user(), account.domain());
  }

  /** The trunk that registers as this account; null for an account of phones. */
  public @Nullable Trunk trunk(TrunkIndex trunks) {
    return trunks.byAccount(user, domain);
  }

  /** Who it is that has shown to be this account: itself, or the trunk that registers so. */
  public CallSource source(TrunkIndex trunks) {
    Trunk trunk = trunk(trunks);
    return trunk == null
        ? new CallSource.Registered(user, domain)
        : new CallSource.FromTrunk(trunk.name());
  }

  @Override
  public String toString() {
    return user + "@" + domain;
  }
}
