package org.drawbridge.account;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/** The accounts a configuration lists. Immutable. */
public final class ConfiguredAccounts implements Accounts {

  private final Set<String> domains;
  private final @Nullable String home;
  private final Map<Aor, UserAccount> accounts;
  private final List<UserAccount> listed;

  /**
   * Odd, so that it permutes; random, so that nobody can work out another name's decoy; the same
   * after a reload, so that a decoy does not change when no account did.
   */
  private static final int SEED = new SecureRandom().nextInt() | 1;

  /**
   * Indexes the accounts.
   *
   * @param domains the domains we serve; the first is that of those who name none
   * @param accounts at most one of each name and domain
   */
  public ConfiguredAccounts(List<String> domains, Collection<UserAccount> accounts) {
    this.domains =
        domains.stream()
            .map(d -> d.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.home = domains.isEmpty() ? null : domains.getFirst();
    this.listed = List.copyOf(accounts);
    this.accounts =
        accounts.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    a -> new Aor(a.name(), a.domain()), Function.identity()));
  }

  @Override
  public @Nullable UserAccount find(Aor aor) {
    return accounts.get(aor);
  }

  @Override
  public @Nullable UserAccount decoy(Aor aor) {
    return listed.isEmpty()
        ? null
        : listed.get(Math.floorMod(aor.hashCode() * SEED, listed.size()));
  }

  @Override
  public @Nullable String home() {
    return home;
  }

  @Override
  public boolean serves(String domain) {
    return domains.contains(domain.toLowerCase(Locale.ROOT));
  }
}
