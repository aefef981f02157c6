package org.drawbridge.routing.config.reader;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Section;

/**
 * Finds names of accounts and groups that there are none of: a call to such an account would fail
 * for ever, and a limit on such a group would bind nobody. The accounts of a PBX behind us are
 * known to it alone, so any of them may be named.
 */
final class AccountNames {

  private static final Comparator<ConfigProblem> BY_PLACE =
      Comparator.comparing(ConfigProblem::file)
          .thenComparingInt(ConfigProblem::line)
          .thenComparingInt(ConfigProblem::column);

  private final SbcConfig config;
  private final Set<String> addresses;
  private final Set<String> groups;

  AccountNames(SbcConfig config, List<UserAccount> accounts) {
    this.config = config;
    this.addresses =
        accounts.stream().map(UserAccount::toString).collect(Collectors.toCollection(TreeSet::new));
    this.groups = groups(config, accounts);
  }

  /**
   * The groups that accounts are in. As long as none is in any, as after the first start, those
   * that {@code account-groups} lists wait for their first account.
   */
  private static Set<String> groups(SbcConfig config, List<UserAccount> accounts) {
    Set<String> groups =
        accounts.stream()
            .flatMap(account -> account.groups().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return groups.isEmpty() ? new TreeSet<>(config.accounts().groups().keySet()) : groups;
  }

  /** One problem for each name that does not exist, in the order of the files. */
  List<ConfigProblem> problems() {
    return config.accounts().mentions().stream()
        .filter(mention -> !exists(mention))
        .map(mention -> mention.place().problem(words(mention)))
        .sorted(BY_PLACE)
        .toList();
  }

  private boolean exists(AccountMention mention) {
    String name = mention.name();
    return switch (mention.kind()) {
      case ACCOUNT -> isElsewhere(name) || addresses.contains(address(name));
      case GROUP -> groups.contains(name);
    };
  }

  private boolean isElsewhere(String name) {
    String address = address(name);
    String domain = address.substring(address.lastIndexOf('@') + 1);
    return config.accounts().relayed().containsKey(domain);
  }

  private String address(String name) {
    int at = name.lastIndexOf('@');
    return at < 0
        ? name + "@" + config.defaultDomain()
        : name.substring(0, at) + name.substring(at).toLowerCase(Locale.ROOT);
  }

  private String words(AccountMention mention) {
    String written = mention.written();
    return switch (mention.kind()) {
      case ACCOUNT ->
          Section.unknown("account", written, written.contains("@") ? addresses : shortest());
      case GROUP -> Section.unknown("group of accounts", written, groups);
    };
  }

  /** The accounts as one would write them: those of the first domain by their names alone. */
  private Set<String> shortest() {
    String ours = "@" + config.defaultDomain();
    return addresses.stream()
        .map(
            address ->
                address.endsWith(ours)
                    ? address.substring(0, address.length() - ours.length())
                    : address)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
