package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.drawbridge.routing.condition.NumberFile;
import org.drawbridge.routing.condition.NumberList;
import org.drawbridge.routing.number.PrefixTable;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads a list of numbers: a file, or entries that stand in a list. */
final class NumberListReader {

  private static final Pattern PREFIX = Pattern.compile("[+]?[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("[^ \\t]{1,64}");

  private NumberListReader() {}

  static @Nullable NumberList read(Section section) {
    NumberList prefixes = section.optional("prefixes", NumberListReader::prefixes);
    NumberList numbers = section.optional("numbers", NumberListReader::numbers);
    if (section.has("prefixes") == section.has("numbers")) {
      return section.place().problem("either \"prefixes\" or \"numbers\" is needed here");
    }
    return prefixes == null ? numbers : prefixes;
  }

  private static @Nullable NumberList prefixes(YamlValue value) {
    PrefixTable.Builder<String> table = new PrefixTable.Builder<>();
    boolean read =
        entries(
            value,
            entry -> {
              if (!PREFIX.matches(entry)) {
                return "\"" + entry + "\" is not a prefix: write up to 18 digits";
              }
              table.add(entry, entry);
              return null;
            });
    return read ? new NumberList.Prefixes(table.build(), source(value)) : null;
  }

  private static @Nullable NumberList numbers(YamlValue value) {
    Set<String> all = new HashSet<>();
    boolean read =
        entries(
            value,
            entry -> {
              all.add(entry);
              return NUMBER.matches(entry)
                  ? ServiceUrnReader.mistake(entry)
                  : "\"" + entry + "\" is not a number or a name without spaces";
            });
    return read ? new NumberList.Numbers(all, source(value)) : null;
  }

  private static String source(YamlValue value) {
    return value.isText() ? value.written() : "the route";
  }

  /** Takes all entries; false after a problem, which is then told. */
  private static boolean entries(YamlValue value, NumberFile.Entries entries) {
    if (!value.isText()) {
      return written(value, entries);
    }
    Path file = Scalars.path(value);
    if (file == null) {
      return false;
    }
    var problems = NumberFile.read(file, entries);
    problems.forEach(problem -> value.problem(problem.toString()));
    return problems.isEmpty();
  }

  private static boolean written(YamlValue value, NumberFile.Entries entries) {
    if (value.list().isEmpty()) {
      value.problem("at least one number is needed");
      return false;
    }
    boolean good = true;
    for (YamlValue item : value.list()) {
      String entry = item.text();
      String wrong = entry == null ? null : entries.add(entry);
      if (wrong != null) {
        item.problem(wrong);
      }
      good &= entry != null && wrong == null;
    }
    return good;
  }
}
