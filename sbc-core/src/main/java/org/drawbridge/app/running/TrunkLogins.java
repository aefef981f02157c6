package org.drawbridge.app.running;

import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.routing.user.DigestHash;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/**
 * Whose password is asked for: the accounts and, where none has that name, the trunks that sign in.
 * A trunk is no account: nobody can register as one. Thread-safe.
 */
final class TrunkLogins implements Accounts {

  private final Accounts accounts;
  private final LiveConfig live;

  TrunkLogins(Accounts accounts, LiveConfig live) {
    this.accounts = accounts;
    this.live = live;
  }

  @Override
  public @Nullable UserAccount find(Aor aor) {
    UserAccount account = accounts.find(aor);
    return account == null && serves(aor.domain()) ? trunk(aor, DigestHash.SHA_256) : account;
  }

  /** At the sight of SHA-256 many a PBX gives up, MD5 beside it or not. */
  @Override
  public @Nullable UserAccount shown(Aor aor) {
    boolean mayBeTrunk = accounts.find(aor) == null && serves(aor.domain());
    UserAccount trunk = mayBeTrunk ? trunk(aor, null) : null;
    return trunk == null ? accounts.shown(aor) : trunk;
  }

  /**
   * What the trunk of this login knows. Who calls in by the number of a caller is asked as anybody
   * is, and may answer by SHA-256.
   */
  private @Nullable UserAccount trunk(Aor aor, @Nullable DigestHash beside) {
    Trunk trunk = live.now().rules().trunks().byLogin(aor.user());
    TrunkCredentials login = trunk == null ? null : trunk.rights().login();
    if (login == null) {
      return null;
    }
    String password = login.password().reveal();
    return new UserAccount(
        aor.user(),
        aor.domain(),
        DigestHash.MD5.ha1(aor.user(), aor.domain(), password),
        beside == null ? null : beside.ha1(aor.user(), aor.domain(), password),
        null,
        null);
  }

  @Override
  public @Nullable UserAccount decoy(Aor aor) {
    return accounts.decoy(aor);
  }

  @Override
  public @Nullable String home() {
    return accounts.home();
  }

  @Override
  public boolean serves(String domain) {
    return accounts.serves(domain);
  }
}
