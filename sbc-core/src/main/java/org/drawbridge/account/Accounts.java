package org.drawbridge.account;

import org.drawbridge.routing.rule.AccountGroups;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/** The accounts of our domains. Thread-safe; a reload may change the answers. */
public interface Accounts {

  /** The account of this address, or null if there is none. */
  @Nullable UserAccount find(Aor aor);

  /**
   * An account that a stranger's guess at a name is answered like, so that answers do not tell
   * which names exist: always the same one for the same name, or null where there is no account at
   * all.
   */
  @Nullable UserAccount decoy(Aor aor);

  /**
   * The account whose hashes say what somebody of this name is asked for; as with a decoy, null
   * where there is no account at all. Who answers may know more than it is asked for.
   */
  default @Nullable UserAccount shown(Aor aor) {
    UserAccount known = find(aor);
    return known == null ? decoy(aor) : known;
  }

  /** Who belongs to which group, as the accounts are when it is asked. */
  default AccountGroups groups() {
    return (name, domain, group) -> {
      UserAccount account = find(new Aor(name, domain));
      return account != null && account.groups().contains(group);
    };
  }

  /** The domain of those who do not name one; null where none of ours is that. */
  @Nullable String home();

  /** Whether the domain is one of ours. */
  boolean serves(String domain);
}
