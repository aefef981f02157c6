package org.drawbridge.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  @ParameterizedTest
  @CsvSource({
    "8000,16000",
    "8000,48000",
    "16000,8000",
    "16000,48000",
    "48000,8000",
    "48000,16000",
    "44100,8000",
    "44100,16000",
    "44100,48000",
    "11025,8000"
  })
  void aToneStaysThatToneInTheSamePlace(int from, int to) {
    short[] in = Waves.sine(from, 1000, 10_000, from / 2);

    short[] out = Resampler.whole(in, from, to);

    assertThat(out).hasSize((int) ((long) in.length * to / from));
    assertThat(Waves.snr(Waves.sine(to, 1000, 10_000, to / 2), out, 0, to / 100)).isGreaterThan(40);
  }

  @Test
  void whatTheLowerRateCannotHoldIsGone() {
    short[] in = Waves.sine(48_000, 5200, 10_000, 24_000);
    short[] out = Resampler.whole(in, 48_000, 8000);
    double power = 0;
    for (int i = 200; i < out.length - 200; i++) {
      power += (double) out[i] * out[i];
    }
    double level = 10 * Math.log10(power / (out.length - 400) / (10_000.0 * 10_000 / 2));
    assertThat(level).isLessThan(-55);
  }

  @Test
  void aStreamInPiecesIsTheSameAsInOne() {
    short[] in = Waves.sine(16_000, 700, 9000, 3200);
    Resampler one = new Resampler(16_000, 8000);
    short[] whole = new short[one.most(3200)];
    int wholeCount = one.process(in, 0, 3200, whole);

    Resampler many = new Resampler(16_000, 8000);
    short[] pieces = new short[whole.length + 100];
    short[] made = new short[many.most(333)];
    int count = 0;
    for (int at = 0; at < 3200; at += 333) {
      int n = many.process(in, at, Math.min(333, 3200 - at), made);
      System.arraycopy(made, 0, pieces, count, n);
      count += n;
    }
    assertThat(count).isEqualTo(wholeCount).isCloseTo(1600, within(60));
    for (int i = 0; i < count; i++) {
      assertThat(pieces[i]).isEqualTo(whole[i]);
    }
  }
}
