package org.drawbridge.routing.price;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A price list of 100,000 prefixes: reading it, and asking it for the cheapest of two trunks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class PriceTableBenchmark {

  private static final int PREFIXES = 50_000;
  private static final int NUMBERS = 4096;
  private static final List<String> TRUNKS = List.of("acme", "beta");

  private final String[] numbers = new String[NUMBERS];
  private Path file = Path.of("");
  private PriceTable prices = new PriceTable(Map.of());
  private int next;

  /** Writes the list and draws numbers all over it. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    StringBuilder csv = new StringBuilder(3 << 20).append("trunk,prefix,price\n");
    for (int i = 0; i < PREFIXES; i++) {
      int prefix = 41_000 + i;
      csv.append("acme,").append(prefix).append(",0.").append(1_000 + i % 7).append('\n');
      csv.append("beta,").append(prefix).append(",0.").append(1_000 + i % 11).append('\n');
    }
    file = Files.writeString(Files.createTempFile("prices", ".csv"), csv);
    prices = ((PriceResult.Loaded) PriceFile.read(file)).prices();
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = "+" + (41_000 + i * 7919L % PREFIXES) + "1234567";
    }
  }

  /** Removes the list. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    Files.delete(file);
  }

  /** From the file to the table. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public PriceResult load() {
    return PriceFile.read(file);
  }

  /** Both trunks' longest prefixes, the cheaper first. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public List<Quote> cheapest() {
    next = (next + 1) % NUMBERS;
    return prices.quotes(numbers[next], TRUNKS);
  }
}
