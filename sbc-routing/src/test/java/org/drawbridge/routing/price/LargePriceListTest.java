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
  void aHundredThousandPricesAreThereInSeconds() throws IOException {
    Path file = list();
    long start = System.nanoTime();
    PriceResult result = PriceFile.read(file);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(result).isInstanceOf(PriceResult.Loaded.class);
    PriceTable prices = ((PriceResult.Loaded) result).prices();
    assertThat(prices.size()).isEqualTo(2 * PREFIXES);
    assertThat(took).as("on a busy machine, cold").isLessThan(Duration.ofSeconds(10));
    assertThat(prices.quotes("41008123456", List.of("acme", "beta")).getFirst().trunk())
        .isEqualTo("acme");
    assertThat(prices.quotes("41012123456", List.of("acme", "beta")).getFirst().trunk())
        .isEqualTo("beta");
  }
}
