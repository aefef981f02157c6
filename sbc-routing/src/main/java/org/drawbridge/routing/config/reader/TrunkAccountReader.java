package org.drawbridge.routing.config.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.trunk.TrunkAccount;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code account} of a trunk: the account of ours that it registers as, in place of targets.
 * No two trunks have the same.
 */
final class TrunkAccountReader {

  /** What is said of a trunk that we go to, and has no meaning for one that comes to us. */
  private static final List<String> OF_TARGETS =
      List.of(
          "targets",
          "register",
          "probe",
          "accept",
          "username",
          "password",
          "certificate",
          "key",
          "trust-ca",
          "service-urns");

  private final String home;
  private final Set<String> relayed;
  private final Consumer<AccountMention> mentions;
  private final Map<TrunkAccount, String> owners = new HashMap<>();

  /**
   * With no trunk yet.
   *
   * @param home the domain of accounts that name none
   * @param relayed domains whose accounts are those of a PBX behind us
   * @param mentions told of each account, which must exist
   */
  TrunkAccountReader(String home, Set<String> relayed, Consumer<AccountMention> mentions) {
    this.home = home;
    this.relayed = relayed;
    this.mentions = mentions;
  }

  /** The account of a trunk; null where it has targets, or names the account wrongly. */
  @Nullable TrunkAccount read(String trunk, Section section) {
    YamlValue written = section.find("account");
    if (written == null) {
      return null;
    }
    for (String key : OF_TARGETS) {
      YamlValue other = section.has(key) ? section.find(key) : null;
      if (other != null) {
        other.problem(
            "\"%s\" has no meaning beside \"account\": that trunk registers with us"
                .formatted(key));
      }
    }
    String name = AccountsTargetReader.account(written, mentions);
    return name == null ? null : owned(trunk, written, account(name));
  }

  private TrunkAccount account(String name) {
    int at = name.lastIndexOf('@');
    return at < 0
        ? new TrunkAccount(name, home)
        : new TrunkAccount(name.substring(0, at), name.substring(at + 1).toLowerCase(Locale.ROOT));
  }

  private @Nullable TrunkAccount owned(String trunk, YamlValue place, TrunkAccount account) {
    if (relayed.contains(account.domain())) {
      return place.problem(
          "accounts of " + account.domain() + " are those of a PBX behind us, and no trunks");
    }
    String owner = owners.putIfAbsent(account, trunk);
    return owner == null
        ? account
        : place.problem("account " + account + " already belongs to trunk " + owner);
  }
}
