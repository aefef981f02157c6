package org.drawbridge.routing.config;

import java.util.Map;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.LimitsReader;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code account-groups}: what the accounts of a group may use together. */
final class AccountGroupReader {

  private AccountGroupReader() {}

  static Map<String, Limits> readAll(Section section) {
    return section.named(AccountGroupReader::read);
  }

  private static @Nullable Limits read(YamlValue key, YamlValue value) {
    String name = key.text();
    if (name == null) {
      return null;
    }
    if (!TrunkReader.isName(name)) {
      return key.problem("\"" + key.written() + "\" is not a name of letters, digits, - _ and .");
    }
    SectionReader<Limits> group = LimitsReader::of;
    return group.readClosed(value);
  }
}
