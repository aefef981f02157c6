package org.drawbridge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.limit.Bounds;
import org.drawbridge.routing.limit.Destinations;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.price.PriceFile;
import org.drawbridge.routing.price.PriceResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are too dear. */
final class PriceLimitTest {

  private static final Limits FIVE_CENTS =
      new Limits(0, null, 0, new Destinations(List.of(), new BigDecimal("0.05")), 0);

  @TempDir private Path folder = Path.of("");
  private Bounds bounds = Bounds.NONE;

  @BeforeEach
  void readPrices() throws IOException {
    Path file = folder.resolve("prices.csv");
    Files.writeString(file, "acme,44,0.0500\nacme,4487,0.4\nbeta,44,0.04\n");
    assertThat(PriceFile.read(file)).isInstanceOf(PriceResult.Loaded.class);
    var prices = ((PriceResult.Loaded) PriceFile.read(file)).prices();
    bounds = new Bounds(Limits.NONE, Map.of(), List.of(prices));
  }

  private LimitKind judged(Limits limits, String trunk, String number) {
    LimitKind kind = LimitKind.ofDestination(limits, bounds, trunk, number);
    return kind == null ? LimitKind.CALLS : kind;
  }

  @Test
  void theLongestPrefixOfTheTrunkSaysWhatAMinuteCosts() {
    assertThat(judged(FIVE_CENTS, "acme", "+441632960000")).isEqualTo(LimitKind.CALLS);
    assertThat(judged(FIVE_CENTS, "acme", "+448712345678")).isEqualTo(LimitKind.PRICE);
    assertThat(judged(FIVE_CENTS, "beta", "+448712345678")).isEqualTo(LimitKind.CALLS);
  }

  @Test
  void whatHasNoPriceIsTooDear() {
    assertThat(judged(FIVE_CENTS, "acme", "+33123456789")).isEqualTo(LimitKind.PRICE);
    assertThat(judged(FIVE_CENTS, "gamma", "+441632960000")).isEqualTo(LimitKind.PRICE);
    assertThat(judged(Limits.NONE, "gamma", "+33123456789")).isEqualTo(LimitKind.CALLS);
  }
}
