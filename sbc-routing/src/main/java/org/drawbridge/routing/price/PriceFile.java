package org.drawbridge.routing.price;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drawbridge.routing.number.PrefixTable;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.ListFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a price list: CSV lines of {@code trunk,prefix,price}. Lines that are empty or begin with
 * {@code #} are passed over, and so is a first line of those three words.
 */
public final class PriceFile {

  private static final String TOO_MANY =
      "a price list has at most " + ListFile.MAX_LINES + " lines";

  private static final Pattern PRICE = Pattern.compile("[0-9]{1,9}([.][0-9]{1,9})?");
  private static final Pattern PREFIX = Pattern.compile("[+]?[0-9]{0,18}");
  private static final List<String> HEADER = List.of("trunk", "prefix", "price");

  private final Map<String, PrefixTable.Builder<Quote>> byTrunk = new HashMap<>();

  private PriceFile() {}

  /** Reads a file whole; any mistake in it is told with its line. */
  public static PriceResult read(Path path) {
    PriceFile reader = new PriceFile();
    List<ConfigProblem> problems = ListFile.read(path, TOO_MANY, reader::take);
    return problems.isEmpty()
        ? new PriceResult.Loaded(reader.table())
        : new PriceResult.Refused(problems);
  }

  private PriceTable table() {
    Map<String, PrefixTable<Quote>> tables = HashMap.newHashMap(byTrunk.size());
    byTrunk.forEach((trunk, builder) -> tables.put(trunk, builder.build()));
    return new PriceTable(tables);
  }

  private @Nullable String take(int number, String line) {
    if (line.isBlank() || line.charAt(0) == '#') {
      return null;
    }
    List<String> fields = fields(line);
    if (number == 1 && fields.equals(HEADER)) {
      return null;
    }
    String mistake = mistake(fields);
    return mistake == null ? add(fields) : mistake;
  }

  private @Nullable String add(List<String> fields) {
    String trunk = fields.get(0);
    String prefix = fields.get(1);
    Quote quote = new Quote(trunk, prefix, new BigDecimal(fields.get(2)));
    return byTrunk.computeIfAbsent(trunk, _ -> new PrefixTable.Builder<>()).add(prefix, quote)
        ? null
        : "trunk " + trunk + " has a price for prefix \"" + prefix + "\" already";
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>(HEADER.size());
    int from = 0;
    for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
      fields.add(line.substring(from, comma).strip());
      from = comma + 1;
    }
    fields.add(line.substring(from).strip());
    return fields;
  }

  private static @Nullable String mistake(List<String> fields) {
    if (fields.size() != HEADER.size()) {
      return "a line is trunk,prefix,price, as in acme,4420,0.0125";
    }
    if (fields.get(0).isEmpty()) {
      return "the name of the trunk is missing";
    }
    if (!PREFIX.matcher(fields.get(1)).matches()) {
      return "\"" + fields.get(1) + "\" is not a prefix: write up to 18 digits";
    }
    return PRICE.matcher(fields.get(2)).matches()
        ? null
        : "\"" + fields.get(2) + "\" is not a price: write it as 0.0125";
  }
}
