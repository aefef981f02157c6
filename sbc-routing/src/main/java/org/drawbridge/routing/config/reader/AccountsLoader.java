package org.drawbridge.routing.config.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.routing.config.AccountsConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;

/**
 * Gathers the accounts of a configuration from the file itself and from the users file it names.
 */
public final class AccountsLoader {

  private AccountsLoader() {}

  /**
   * All accounts; refused where {@link #gather} refuses, and where the configuration names accounts
   * or groups that there are none of.
   */
  public static UsersResult load(SbcConfig config, Environment environment) {
    UsersResult gathered = gather(config, environment);
    if (!(gathered instanceof UsersResult.Loaded(List<UserAccount> accounts))) {
      return gathered;
    }
    List<ConfigProblem> unknown = unknownNames(config, accounts);
    return unknown.isEmpty() ? gathered : new UsersResult.Refused(unknown);
  }

  /** The names in a configuration that none of its accounts or their groups has. */
  public static List<ConfigProblem> unknownNames(SbcConfig config, List<UserAccount> accounts) {
    return new AccountNames(config, accounts).problems();
  }

  /**
   * All accounts, no two with the same address; refused where the users file is missing or wrong.
   */
  public static UsersResult gather(SbcConfig config, Environment environment) {
    AccountsConfig accounts = config.accounts();
    if (accounts.usersFile() == null) {
      return new UsersResult.Loaded(accounts.users());
    }
    return switch (UsersFile.read(accounts.usersFile(), config.ownDomains(), environment)) {
      case UsersResult.Refused refused -> refused;
      case UsersResult.Loaded(List<UserAccount> more) ->
          merged(accounts.users(), more, accounts.usersFile().toString());
    };
  }

  private static UsersResult merged(List<UserAccount> inline, List<UserAccount> more, String file) {
    Set<String> known = inline.stream().map(UserAccount::toString).collect(Collectors.toSet());
    List<ConfigProblem> twice =
        more.stream()
            .map(UserAccount::toString)
            .filter(known::contains)
            .map(address -> "account " + address + " stands in the configuration file too")
            .map(message -> new ConfigProblem(file, 0, 0, message))
            .toList();
    if (!twice.isEmpty()) {
      return new UsersResult.Refused(twice);
    }
    List<UserAccount> all = new ArrayList<>(inline);
    all.addAll(more);
    return new UsersResult.Loaded(all);
  }
}
