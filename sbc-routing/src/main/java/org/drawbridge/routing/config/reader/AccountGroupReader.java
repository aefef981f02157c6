package org.drawbridge.routing.config.reader;

import java.util.Map;
import java.util.function.Consumer;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.AccountMention.Kind;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.LimitsReader;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code account-groups}: what the accounts of a group may use together. */
final class AccountGroupReader {

  private AccountGroupReader() {}

  static Map<String, Limits> readAll(Section section, Consumer<AccountMention> mentions) {
    return section.named((key, value) -> read(key, value, mentions));
  }

  private static @Nullable Limits read(
      YamlValue key, YamlValue value, Consumer<AccountMention> mentions) {
    String name = key.text();
    if (name == null) {
      return null;
    }
    if (!TrunkReader.isName(name)) {
      return key.problem("\"" + key.written() + "\" is not a name of letters, digits, - _ and .");
    }
    mentions.accept(AccountMention.of(Kind.GROUP, name, key));
    SectionReader<Limits> group = LimitsReader::of;
    return group.readClosed(value);
  }
}
