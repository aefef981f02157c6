package org.drawbridge.routing.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A price list as large carriers have it. */
final class LargePriceListTest {

  private static final int PREFIXES = 50_000;
  private static final int TRIES = 10;
  private static final Duration BOUND = Duration.ofSeconds(2);

  @TempDir private Path folder = Path.of("");

  /** Two carriers with all prefixes of 41000 to 90999, each at its own price. */
  private Path list() throws IOException {
    StringBuilder csv = new StringBuilder(3 << 20).append("trunk,prefix,price\n");
    for (int i = 0; i < PREFIXES; i++) {
      int prefix = 41_000 + i;
      csv.append("acme,").append(prefix).append(",0.").append(1_000 + i % 7).append('\n');
      csv.append("beta,").append(prefix).append(",0.").append(1_000 + i % 11).append('\n');
    }
    return Files.writeString(folder.resolve("prices.csv"), csv);
  }

  @Test
  void aHundredThousandPricesAreThereInTwoSeconds() throws IOException {
    Path file = list();
    Duration quickest = Duration.ofDays(1);
    PriceResult result = PriceFile.read(file);
    for (int i = 0; i < TRIES && quickest.compareTo(BOUND) >= 0; i++) {
      long start = System.nanoTime();
      result = PriceFile.read(file);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      quickest = took.compareTo(quickest) < 0 ? took : quickest;
    }

    assertThat(result).isInstanceOf(PriceResult.Loaded.class);
    PriceTable prices = ((PriceResult.Loaded) result).prices();
    assertThat(prices.size()).isEqualTo(2 * PREFIXES);
    assertThat(quickest).as("the quickest of some, on a busy machine").isLessThan(BOUND);
    assertThat(prices.quotes("41008123456", List.of("acme", "beta")).getFirst().trunk())
        .isEqualTo("acme");
    assertThat(prices.quotes("41012123456", List.of("acme", "beta")).getFirst().trunk())
        .isEqualTo("beta");
  }
}
