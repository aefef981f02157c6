package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.number.NumberFormat;
import org.drawbridge.routing.number.PhoneNumbers;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code number-format} of a trunk, and countries. */
final class NumberFormatReader {

  private NumberFormatReader() {}

  static @Nullable NumberFormat read(YamlValue value) {
    if (value.isSection()) {
      SectionReader<NumberFormat> reader = NumberFormatReader::section;
      return reader.readClosed(value);
    }
    String text = Scalars.oneOf(List.of("as-routed", "e164", "plus-less", "national")).read(value);
    return switch (text) {
      case null -> null;
      case "plus-less" -> new NumberFormat.PlusLess();
      case "as-routed" -> NumberFormat.AS_ROUTED;
      default -> value.problem(text + " needs a country: write { " + text + ": DE }");
    };
  }

  private static @Nullable NumberFormat section(Section section) {
    String e164 = section.optional("e164", NumberFormatReader::country);
    String national = section.optional("national", NumberFormatReader::country);
    if (section.has("e164") == section.has("national")) {
      return section.place().problem("either \"e164\" or \"national\" is needed here");
    }
    if (e164 != null) {
      return new NumberFormat.E164(e164);
    }
    return national == null ? null : new NumberFormat.National(national);
  }

  /** A country by its two letters. */
  static @Nullable String country(YamlValue value) {
    String text = value.text();
    return text == null || PhoneNumbers.countries().contains(text)
        ? text
        : value.problem(
            "\"" + value.written() + "\" is not a country: write two letters, as in DE");
  }
}
