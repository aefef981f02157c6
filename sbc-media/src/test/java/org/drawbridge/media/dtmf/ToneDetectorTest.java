package org.drawbridge.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.api.Keys;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;
import org.drawbridge.media.audio.AudioEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tone pairs are found as ITU-T Q.24 asks, and not in speech. */
final class ToneDetectorTest {

  private static final int RATE = ToneDetector.RATE;

  private final List<String> heard = new ArrayList<>();
  private int last = Keys.NONE;
  private final ToneDetector detector =
      new ToneDetector(
          new KeyListener() {
            @Override
            public void onKey(int event, long nowNanos) {
              if (last != event) {
                last = event;
                heard.add(String.valueOf(Keys.key(event)));
              }
            }

            @Override
            public void onRelease(int event, int millis, long nowNanos) {
              assertThat(event).isEqualTo(last);
              last = Keys.NONE;
              heard.add("up");
            }
          });

  private void listen(short[] pcm) {
    short[] piece = new short[160];
    for (int at = 0; at + 160 <= pcm.length; at += 160) {
      System.arraycopy(pcm, at, piece, 0, 160);
      detector.onSamples(piece, 160, at);
    }
  }

  private static short[] silence(int millis) {
    return new short[millis * 8];
  }

  /** Two sines with peaks in samples. */
  private static short[] pair(
      double low, double high, double lowPeak, double highPeak, int millis) {
    short[] pcm = new short[millis * 8];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] =
          (short)
              (lowPeak * Math.sin(2 * Math.PI * low * i / RATE)
                  + highPeak * Math.sin(2 * Math.PI * high * i / RATE));
    }
    return pcm;
  }

  private static short[] tone(int event, int millis) {
    short[] pcm = new short[millis * 8];
    KeyTones.write(event, RATE, 0, pcm, pcm.length, true);
    return pcm;
  }

  @ParameterizedTest
  @EnumSource(AudioCodec.class)
  void eachKeyIsFoundOnceInWhatACodecLeavesOfIt(AudioCodec codec) {
    if (!codec.takes(RATE) || codec.sampleRate() != RATE) {
      return;
    }
    AudioEncoder encoder = codec.newEncoder(RATE);
    AudioDecoder decoder = codec.newDecoder(RATE);
    byte[] bytes = new byte[AudioCodec.MAX_PAYLOAD];
    short[] pcm = new short[8 * AudioCodec.MAX_PACKET_MILLIS];
    for (int event = 0; event < 16; event++) {
      heard.clear();
      for (short[] part : List.of(tone(event, 60), silence(60), tone(event, 80), silence(60))) {
        for (int at = 0; at + 160 <= part.length; at += 160) {
          int length = encoder.encode(part, at, 160, bytes, 0);
          detector.onSamples(pcm, decoder.decode(bytes, 0, length, pcm), 0);
        }
      }
      String key = String.valueOf(Keys.key(event));
      assertThat(heard).containsExactly(key, "up", key, "up");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.985, 0.99, 1.01, 1.015})
  void frequenciesMayBeOffByOneAndAHalfPercent(double factor) {
    for (int event = 0; event < 16; event++) {
      heard.clear();
      double low = KeyTones.low(event) * factor;
      listen(pair(low, KeyTones.high(event) * factor, 6000, 6000, 80));
      listen(silence(60));
      assertThat(heard).containsExactly(String.valueOf(Keys.key(event)), "up");
    }
  }

  @Test
  void tonesFarOffAreNoKeys() {
    for (int event = 0; event < 16; event++) {
      listen(pair(KeyTones.low(event) * 1.06, KeyTones.high(event), 6000, 6000, 80));
      listen(silence(60));
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void twistIsBounded() {
    listen(pair(770, 1336, 6000, 6000 * 0.5, 80)); // 6 dB
    listen(silence(60));
    listen(pair(770, 1336, 6000 * 0.7, 6000, 80)); // 3 dB the other way
    listen(silence(60));
    assertThat(heard).containsExactly("5", "up", "5", "up");
    heard.clear();
    listen(pair(770, 1336, 6000, 6000 * 0.3, 80)); // 10 dB
    listen(pair(770, 1336, 6000 * 0.35, 6000, 80)); // 9 dB
    assertThat(heard).isEmpty();
  }

  @Test
  void oneToneAndShortPairsAreNoKeys() {
    listen(pair(770, 1336, 8000, 0, 200));
    listen(pair(770, 1336, 0, 8000, 200));
    listen(tone(5, 23));
    listen(silence(60));
    assertThat(heard).isEmpty();
  }

  @Test
  void aKeyIsFoundInNoise() {
    Random random = new Random(1);
    short[] pcm = pair(852, 1477, 5000, 5000, 100);
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] += (short) (random.nextGaussian() * 900);
    }
    listen(pcm);
    listen(silence(60));
    assertThat(heard).containsExactly("9", "up");
  }

  /**
   * A glottal pulse train of every pitch through formants that glide across both groups of tones:
   * what talk-off is made of.
   */
  @Test
  void tenMinutesOfVowelsAreNoKeys() {
    Random random = new Random(7);
    for (int sound = 0; sound < 3000; sound++) {
      double pitch = 80 + random.nextInt(300);
      double first = 600 + random.nextInt(400);
      double second = 1150 + random.nextInt(550);
      short[] pcm = new short[1600];
      double phase = 0;
      double peak = 0;
      double[] wave = new double[pcm.length];
      for (int i = 0; i < pcm.length; i++) {
        phase += pitch * (1 + 0.03 * Math.sin(i / 400.0)) / RATE;
        for (int h = 1; h * pitch < 3400; h++) {
          double f = h * pitch;
          double gain =
              1 / (1 + sq((f - first) / 90)) + 0.5 / (1 + sq((f - second) / 120)) + 120 / f;
          wave[i] += gain * Math.sin(2 * Math.PI * h * phase);
        }
        peak = Math.max(peak, Math.abs(wave[i]));
      }
      for (int i = 0; i < pcm.length; i++) {
        pcm[i] = (short) (wave[i] / peak * 12000);
      }
      listen(pcm);
    }
    assertThat(heard).isEmpty();
  }

  private static double sq(double x) {
    return x * x;
  }

  @Test
  void audioThatStopsEndsTheKey() {
    listen(tone(3, 100));
    assertThat(detector.isDown()).isTrue();
    detector.onGap(0);
    assertThat(heard).containsExactly("3", "up");
  }
}
