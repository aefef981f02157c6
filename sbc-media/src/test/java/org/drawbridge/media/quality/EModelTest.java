package org.drawbridge.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores are those of G.107, and fall with loss, delay, jitter and poorer codecs. */
final class EModelTest {

  @ParameterizedTest
  @CsvSource({"93.2, 4.41", "80, 4.02", "70, 3.60", "60, 3.10", "50, 2.58", "0, 1", "-20, 1"})
  void ratingsBecomeScoresAsTheirTableHas(double rating, double mos) {
    assertThat(EModel.ofRating(rating)).isCloseTo(mos, within(0.01));
  }

  @Test
  void aPerfectPathIsAsGoodAsItsCodec() {
    assertThat(EModel.score("PCMU", 0, 0, 0)).isBetween(4.38, 4.41);
    assertThat(EModel.score("G729", 0, 0, 0)).isBetween(4.0, 4.15);
    assertThat(EModel.score("GSM", 0, 0, 0)).isLessThan(EModel.score("G729", 0, 0, 0));
  }

  @Test
  void eachImpairmentCosts() {
    double best = EModel.score("PCMA", 0.01, 5, 30);
    assertThat(EModel.score("PCMA", 0.05, 5, 30)).isLessThan(best);
    assertThat(EModel.score("PCMA", 0.01, 80, 30)).isLessThan(best);
    assertThat(EModel.score("PCMA", 0.01, 5, 300)).isLessThan(best - 0.3);
    assertThat(EModel.score("PCMA", 1, 500, 2000)).isEqualTo(1);
  }
}
