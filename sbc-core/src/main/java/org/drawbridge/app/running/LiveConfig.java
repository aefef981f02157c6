package org.drawbridge.app.running;

import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force. Whoever asks twice may be answered from two of them; whoever needs
 * both answers to agree asks once and keeps it. Thread-safe.
 */
final class LiveConfig {

  private volatile InForce now;

  private final Accounts accounts =
      new Accounts() {
        @Override
        public @Nullable UserAccount find(Aor aor) {
          return now.accounts().find(aor);
        }

        @Override
        public @Nullable UserAccount decoy(Aor aor) {
          return now.accounts().decoy(aor);
        }

        @Override
        public @Nullable String home() {
          InForce current = now;
          String home = current.accounts().home();
          boolean isOfPbx = home != null && current.rules().relayed().containsKey(home);
          return isOfPbx ? null : home;
        }

        @Override
        public boolean serves(String domain) {
          return now.accounts().serves(domain);
        }
      };

  LiveConfig(InForce first) {
    now = first;
  }

  InForce now() {
    return now;
  }

  /** Always those in force. */
  Accounts accounts() {
    return accounts;
  }

  void set(InForce next) {
    now = next;
  }
}
