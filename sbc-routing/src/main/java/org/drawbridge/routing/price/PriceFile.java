package org.drawbridge.routing.price;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drawbridge.routing.number.PrefixTable;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads a price list: CSV lines of {@code trunk,prefix,price}. Lines that are empty or begin with
 * {@code #} are passed over, and so is a first line of those three words.
 */
public final class PriceFile {

  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_LINES = 2_000_000;
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,9}([.][0-9]{1,9})?");
  private static final Pattern PREFIX = Pattern.compile("[+]?[0-9]{0,18}");
  private static final List<String> HEADER = List.of("trunk", "prefix", "price");

  private final String file;
  private final Map<String, PrefixTable.Builder<Quote>> byTrunk = new HashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  private PriceFile(String file) {
    this.file = file;
  }

  /** Reads a file whole; any mistake in it is told with its line. */
  public static PriceResult read(Path path) {
    PriceFile reader = new PriceFile(path.toString());
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      reader.readAll(lines);
    } catch (NoSuchFileException _) {
      reader.problem(0, "the file does not exist");
    } catch (MalformedInputException _) {
      reader.problem(0, "the file is not UTF-8 text");
    } catch (IOException e) {
      reader.problem(0, "the file cannot be read: " + e.getMessage());
    }
    return reader.result();
  }

  private PriceResult result() {
    if (!problems.isEmpty()) {
      return new PriceResult.Refused(problems);
    }
    Map<String, PrefixTable<Quote>> tables = HashMap.newHashMap(byTrunk.size());
    byTrunk.forEach((trunk, builder) -> tables.put(trunk, builder.build()));
    return new PriceResult.Loaded(new PriceTable(tables));
  }

  private void readAll(BufferedReader lines) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (number > MAX_LINES) {
        problem(number, "a price list has at most " + MAX_LINES + " lines");
        return;
      }
      if (problems.size() >= MAX_PROBLEMS) {
        return;
      }
      if (!line.isBlank() && line.charAt(0) != '#') {
        readLine(number, line);
      }
    }
  }

  private void readLine(int number, String line) {
    List<String> fields = fields(line);
    if (number == 1 && fields.equals(HEADER)) {
      return;
    }
    String mistake = mistake(fields);
    if (mistake != null) {
      problem(number, mistake);
      return;
    }
    String trunk = fields.get(0);
    String prefix = fields.get(1);
    Quote quote = new Quote(trunk, prefix, new BigDecimal(fields.get(2)));
    if (!byTrunk.computeIfAbsent(trunk, _ -> new PrefixTable.Builder<>()).add(prefix, quote)) {
      problem(number, "trunk " + trunk + " has a price for prefix \"" + prefix + "\" already");
    }
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

  private void problem(int line, String message) {
    problems.add(new ConfigProblem(file, line, line == 0 ? 0 : 1, message));
  }
}
