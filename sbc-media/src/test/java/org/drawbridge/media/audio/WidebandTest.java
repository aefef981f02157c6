package org.drawbridge.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G.722 and Opus. */
class WidebandTest {

  private static final int PACKETS = 50;

  /** Through a codec in packets of 20 ms. */
  private static short[] through(AudioCodec codec, int rate, short[] in) {
    AudioEncoder encoder = codec.newEncoder(rate);
    AudioDecoder decoder = codec.newDecoder(rate);
    byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
    short[] pcm = new short[rate * AudioCodec.MAX_PACKET_MILLIS / 1000];
    short[] out = new short[in.length];
    int frame = rate / 50;
    for (int at = 0; at + frame <= in.length; at += frame) {
      int bytes = encoder.encode(in, at, frame, payload, 0);
      assertThat(decoder.decode(payload, 0, bytes, pcm)).isEqualTo(frame);
      System.arraycopy(pcm, 0, out, at, frame);
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({"300", "1000", "3100", "6000"})
  void g722CarriesTonesOfBothBands(int hertz) {
    short[] tone = Waves.sine(16_000, hertz, 8000, 320 * PACKETS);
    short[] copy = through(AudioCodec.G722, 16_000, tone);
    assertThat(Waves.bestSnr(tone, copy, 40, 3200)).isGreaterThan(hertz < 4000 ? 25 : 12);
    assertThat(Waves.purity(copy, 3200, 6400, 16_000, hertz)).isGreaterThan(0.93);
  }

  @Test
  void g722HasOneByteForTwoSamples() {
    byte[] out = new byte[AudioCodec.MAX_PAYLOAD];
    assertThat(AudioCodec.G722.newEncoder(16_000).encode(new short[320], 0, 320, out, 0))
        .isEqualTo(160);
    assertThat(AudioCodec.G722.newDecoder(16_000).decode(out, 0, 1000, new short[1920]))
        .isEqualTo(AudioDecoder.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"8000", "16000", "48000"})
  void opusCarriesAToneAtEachRate(int rate) {
    short[] tone = Waves.sine(rate, 1000, 8000, rate / 50 * PACKETS);
    short[] copy = through(AudioCodec.OPUS, rate, tone);
    assertThat(Waves.purity(copy, rate / 2, rate / 2 + rate / 5, rate, 1000)).isGreaterThan(0.95);
  }

  @Test
  void opusCoversALostPacketWithTheSameTone() {
    AudioEncoder encoder = AudioCodec.OPUS.newEncoder(8000);
    AudioDecoder decoder = AudioCodec.OPUS.newDecoder(8000);
    short[] tone = Waves.sine(8000, 400, 8000, 160 * 20);
    byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
    short[] pcm = new short[960];
    for (int at = 0; at < tone.length; at += 160) {
      int bytes = encoder.encode(tone, at, 160, payload, 0);
      decoder.decode(payload, 0, bytes, pcm);
    }
    decoder.conceal(pcm, 160);
    assertThat(Waves.purity(pcm, 0, 160, 8000, 400)).isGreaterThan(0.8);
  }

  @Test
  void opusThatIsNoneIsAValue() {
    AudioDecoder decoder = AudioCodec.OPUS.newDecoder(16_000);
    byte[] noise = new byte[200];
    new Random(3).nextBytes(noise);
    short[] pcm = new short[1920];
    for (int first = 0; first < 256; first++) {
      noise[0] = (byte) first;
      for (int length = 0; length < 40; length++) {
        assertThat(decoder.decode(noise, 0, length, pcm)).isBetween(-1, 1920);
      }
    }
  }
}
