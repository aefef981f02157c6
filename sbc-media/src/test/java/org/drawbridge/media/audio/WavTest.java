package org.drawbridge.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WavTest {

  private static byte[] wav(int tag, int channels, int rate, int bits, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) tag).putShort((short) channels).putInt(rate);
    out.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    out.putShort((short) bits);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
    return out.array();
  }

  private static short[] samples(byte[] file) {
    return switch (Wav.read(file)) {
      case Wav.Reading.Read(Clip clip) -> clip.pcm();
      case Wav.Reading.Unusable(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String reason(byte[] file) {
    return switch (Wav.read(file)) {
      case Wav.Reading.Read(Clip clip) -> throw new AssertionError(clip);
      case Wav.Reading.Unusable(String reason) -> reason;
    };
  }

  @Test
  void eachFormatGivesItsSamples() {
    assertThat(samples(wav(1, 1, 8000, 16, new byte[] {1, 2, (byte) 0xFF, (byte) 0xFF})))
        .containsExactly(0x0201, -1);
    assertThat(samples(wav(1, 1, 8000, 8, new byte[] {(byte) 128, (byte) 255, 0})))
        .containsExactly(0, 127 << 8, -128 << 8);
    assertThat(samples(wav(6, 1, 8000, 8, new byte[] {(byte) 0xD5}))).containsExactly(8);
    assertThat(samples(wav(7, 1, 8000, 8, new byte[] {(byte) 0x80}))).containsExactly(32124);
  }

  @Test
  void twoChannelsAreMixed() {
    assertThat(samples(wav(1, 2, 48_000, 16, new byte[] {100, 0, (byte) 200, 0})))
        .containsExactly(150);
  }

  @Test
  void otherChunksAndSizesThatAreNotTrueDoNoHarm() {
    byte[] plain = wav(1, 1, 8000, 16, new byte[] {5, 0});
    byte[] listed = new byte[plain.length + 11 + 1];
    System.arraycopy(plain, 0, listed, 0, 36);
    System.arraycopy(new byte[] {'L', 'I', 'S', 'T', 3, 0, 0, 0, 9, 9, 9, 0}, 0, listed, 36, 12);
    System.arraycopy(plain, 36, listed, 48, plain.length - 36);
    assertThat(samples(listed)).containsExactly(5);

    Arrays.fill(plain, 40, 44, (byte) 0xFF);
    assertThat(samples(plain)).containsExactly(5);
  }

  @Test
  void whatCannotBePlayedSaysWhy() {
    byte[] two = {0, 0};
    assertThat(reason(new byte[0])).isEqualTo("not a WAV file");
    assertThat(reason("ID3 and more of an MP3".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("not a WAV file");
    assertThat(reason(wav(3, 1, 8000, 32, two))).contains("format 3 with 32 bits");
    assertThat(reason(wav(1, 6, 8000, 16, two))).contains("6 channels");
    assertThat(reason(wav(1, 1, 96_000, 16, two))).contains("96000 Hz");
    assertThat(reason(wav(1, 1, 8000, 16, new byte[0]))).isEqualTo("no sound in it");
    assertThat(reason(Arrays.copyOf(wav(1, 1, 8000, 16, two), 30))).isEqualTo("no data chunk");
  }
}
