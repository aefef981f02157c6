package org.drawbridge.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToneMeterTest {

  @ParameterizedTest
  @CsvSource({"440, 8000", "1000, 8000", "697, 16000", "1000, 48000", "3100, 8000"})
  void findsTheFrequencyOfATone(int hertz, int sampleRate) {
    Heard heard = ToneMeter.measure(new Tone(hertz).samples(sampleRate, 1), sampleRate);

    assertThat(heard.hertz()).isCloseTo(hertz, within(1.0));
    assertThat(heard.is(new Tone(hertz))).isTrue();
    assertThat(heard.is(new Tone(hertz + 10))).isFalse();
  }

  @Test
  void measuresTheLevelOfASine() {
    Heard heard = ToneMeter.measure(new Tone(440).samples(8000, 1), 8000);

    assertThat(heard.decibels()).isCloseTo(20 * Math.log10(0.3 / Math.sqrt(2)), within(0.1));
  }

  @Test
  void picksTheStrongerOfTwoTones() {
    short[] strong = new Tone(1000).samples(8000, 1);
    short[] weak = new Tone(440).samples(8000, 1);
    for (int i = 0; i < strong.length; i++) {
      strong[i] += (short) (weak[i] / 2);
    }

    assertThat(ToneMeter.measure(strong, 8000).is(new Tone(1000))).isTrue();
  }

  @Test
  void callsSilenceSilence() {
    assertThat(ToneMeter.measure(new short[8000], 8000).isSilence()).isTrue();
    assertThat(ToneMeter.measure(new short[0], 8000).isSilence()).isTrue();
    assertThat(Heard.NOTHING.is(new Tone(440))).isFalse();
  }

  @Test
  void survivesAWavFileThatIsReadInParts(@TempDir Path directory) {
    Path file = new Tone(440).write(directory, 16000, 2);

    assertThat(Wav.sampleRate(file)).isEqualTo(16000);
    assertThat(Wav.length(file)).isEqualTo(32000);
    short[] part = Wav.samples(file, 16000, 24000);
    assertThat(part).hasSize(8000);
    assertThat(ToneMeter.measure(part, 16000).is(new Tone(440))).isTrue();
  }
}
