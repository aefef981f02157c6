package org.drawbridge.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

  /** Lengths of Opus packets of a lively sound of 16 kHz. */
  private static List<Integer> lengths(OpusTerms terms) {
    AudioEncoder encoder = AudioCodec.OPUS.newEncoder(16_000, terms);
    Random random = new Random(5);
    byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      short[] pcm = Waves.sine(16_000, 300 + 50 * i, 100 + 4000 * (i % 3), 320);
      for (int k = 0; k < pcm.length; k++) {
        pcm[k] += (short) random.nextInt(1000 * (i % 3) + 1);
      }
      lengths.add(encoder.encode(pcm, 0, 320, payload, 0));
    }
    return lengths;
  }

  private static double mean(List<Integer> lengths) {
    return lengths.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }

  /** RFC 7587 section 6.1: maxaveragebitrate, as those have it whose line is narrow. */
  @Test
  void opusIsNoMoreThanThePeerTakes() {
    assertThat(mean(lengths(OpusTerms.UNSAID))).isGreaterThan(60);
    assertThat(mean(lengths(new OpusTerms(false, 12_000, -1, false)))).isBetween(20.0, 33.0);
    assertThat(mean(lengths(new OpusTerms(false, 1, -1, false)))).isBetween(8.0, 18.0);
    assertThat(mean(lengths(new OpusTerms(false, 500_000, -1, false)))).isBetween(60.0, 90.0);
  }

  @Test
  void opusIsOfOneSizeForWhoWantsThat() {
    assertThat(lengths(OpusTerms.UNSAID).stream().distinct().count()).isGreaterThan(5);
    assertThat(lengths(new OpusTerms(false, -1, -1, true)).stream().distinct()).hasSize(1);
  }

  /** The bandwidth is in the first bits of each packet (RFC 6716 section 3.1). */
  @ParameterizedTest
  @CsvSource({"-1,8", "8000,0", "12000,4", "16000,8", "48000,8"})
  void opusHasNoHigherSoundsThanThePeerPlays(int playbackRate, int first) {
    OpusTerms terms = new OpusTerms(false, -1, playbackRate, false);
    AudioEncoder encoder = AudioCodec.OPUS.newEncoder(16_000, terms);
    byte[] payload = new byte[AudioCodec.MAX_PAYLOAD];
    short[] tone = Waves.sine(16_000, 500, 8000, 320 * PACKETS);
    for (int at = 0; at < tone.length; at += 320) {
      encoder.encode(tone, at, 320, payload, 0);
    }
    assertThat((payload[0] & 0xFF) >> 3).isBetween(first, first + 3);
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
