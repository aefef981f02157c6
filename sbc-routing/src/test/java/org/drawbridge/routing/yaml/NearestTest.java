package org.drawbridge.routing.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {

  private static final List<String> KEYS =
      List.of("listeners", "media", "routes", "trunks", "call");

  @ParameterizedTest
  @CsvSource({
    "listener, listeners",
    "lisetners, listeners",
    "Listeners, listeners",
    "route, routes",
    "tunks, trunks",
    "cal, call",
    "medai, media",
  })
  void findsTheWordThatWasMeant(String written, String meant) {
    assertThat(Nearest.to(written, KEYS)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "banana", "li", "listenersandmore"})
  void doesNotGuessWildly(String written) {
    assertThat(Nearest.to(written, KEYS)).isNull();
  }

  @Test
  void overlongWordsAreNotCompared() {
    String word = "a".repeat(100_000);

    assertThat(Nearest.to(word, List.of(word + "b"))).isNull();
  }
}
