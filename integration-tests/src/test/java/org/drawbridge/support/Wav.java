package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Mono 16-bit PCM in RIFF files, also ones that are still being written. */
public final class Wav {

  private static final int HEADER_BYTES = 44;
  private static final int RATE_OFFSET = 24;

  private Wav() {}

  /** Writes a whole file, the sample rate in Hz. */
  public static void write(Path file, int sampleRate, short[] samples) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 2 * samples.length);
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(36 + 2 * samples.length).put(ascii("WAVEfmt ")).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(sampleRate).putInt(2 * sampleRate);
    out.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples.length);
    for (short sample : samples) {
      out.putShort(sample);
    }
    try {
      Files.write(file, out.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample rate of a file in Hz. */
  public static int sampleRate(Path file) {
    return read(file, RATE_OFFSET, 4).getInt();
  }

  /**
   * How many samples a file has by its size; the length in its header is wrong while it is written.
   */
  public static long length(Path file) {
    try {
      return Math.max(0, (Files.size(file) - HEADER_BYTES) / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The samples from one to before another. */
  public static short[] samples(Path file, long from, long to) {
    ByteBuffer bytes = read(file, HEADER_BYTES + 2 * from, (int) (2 * (to - from)));
    short[] samples = new short[bytes.remaining() / 2];
    bytes.asShortBuffer().get(samples);
    return samples;
  }

  private static ByteBuffer read(Path file, long offset, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(offset);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // read on until the buffer is full or the file ends
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.flip();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
