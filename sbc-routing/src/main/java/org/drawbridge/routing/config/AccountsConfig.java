package org.drawbridge.routing.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/**
 * Who may register, and for how long.
 *
 * @param users accounts written in the configuration file itself
 * @param usersFile file with more accounts, made at the first start; null where all stand inline
 * @param registrar bounds of a registration
 * @param groups what accounts of a group may use together, by the group's name
 * @param relayed domains whose accounts sign in at a PBX behind us, by name
 * @param mentions names of accounts and groups that the rest of the configuration uses
 */
public record AccountsConfig(
    List<UserAccount> users,
    @Nullable Path usersFile,
    RegistrarConfig registrar,
    Map<String, Limits> groups,
    Map<String, RelayedDomain> relayed,
    List<AccountMention> mentions) {

  public AccountsConfig {
    users = List.copyOf(users);
    groups = Map.copyOf(groups);
    mentions = List.copyOf(mentions);
    relayed = Collections.unmodifiableMap(new LinkedHashMap<>(relayed));
  }

  /** The same, keeping registrations in another file, or nowhere. */
  public AccountsConfig storedIn(@Nullable Path store) {
    RegistrarConfig r = registrar;
    return new AccountsConfig(
        users,
        usersFile,
        new RegistrarConfig(
            r.minExpires(),
            r.maxExpires(),
            r.defaultExpires(),
            r.contactsPerAccount(),
            r.watchers(),
            store),
        groups,
        relayed,
        mentions);
  }

  /**
   * Bounds of a registration (RFC 3261 section 10.3).
   *
   * @param minExpires shorter is answered 423
   * @param maxExpires longer is cut to this
   * @param defaultExpires where the client asks for nothing
   * @param contactsPerAccount one more takes the place of the oldest
   * @param watchers names of trunks that may subscribe to the registrations of every account
   * @param store file that registrations are kept in over a restart; null keeps them nowhere
   */
  public record RegistrarConfig(
      Duration minExpires,
      Duration maxExpires,
      Duration defaultExpires,
      int contactsPerAccount,
      Set<String> watchers,
      @Nullable Path store) {

    public RegistrarConfig {
      watchers = Set.copyOf(watchers);
    }
  }
}
