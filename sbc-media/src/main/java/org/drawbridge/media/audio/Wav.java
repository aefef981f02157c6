package org.drawbridge.media.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads WAV files: PCM of 8 or 16 bits, A-law or mu-law, one or two channels (which are mixed), 8
 * to 48 kHz.
 */
public final class Wav {

  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FORMAT = 0x20746D66;
  private static final int DATA = 0x61746164;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int SUBFORMAT_OFFSET = 24;

  private Wav() {}

  /** What came of reading. */
  public sealed interface Reading {

    /** The sound. */
    record Read(Clip clip) implements Reading {}

    /** Why it cannot be used. */
    record Unusable(String reason) implements Reading {}
  }

  private record Format(int tag, int channels, int rate, int bits) {

    @Nullable String problem() {
      boolean known =
          switch (tag) {
            case 1 -> bits == 8 || bits == 16;
            case 6, 7 -> bits == 8;
            default -> false;
          };
      if (!known) {
        return "format " + tag + " with " + bits + " bits is not PCM, A-law or mu-law";
      }
      if (channels < 1 || channels > 2) {
        return channels + " channels, of which only 1 or 2 can be played";
      }
      boolean fits = rate >= 8000 && rate <= 48_000;
      return fits ? null : rate + " Hz is not within 8000 to 48000";
    }

    short sample(ByteBuffer data) {
      return switch (tag) {
        case 6 -> G711.A_LAW.decode(data.get());
        case 7 -> G711.MU_LAW.decode(data.get());
        default -> bits == 16 ? data.getShort() : (short) ((data.get() & 0xFF) - 128 << 8);
      };
    }

    int frameBytes() {
      return channels * bits / 8;
    }
  }

  /** Reads a whole file. */
  public static Reading read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < 12 || in.getInt() != RIFF || in.getInt(8) != WAVE) {
      return new Reading.Unusable("not a WAV file");
    }
    in.position(12);
    Format format = null;
    while (in.remaining() >= 8) {
      int id = in.getInt();
      long size = in.getInt() & 0xFFFF_FFFFL;
      // A writer that was cut off, or wrote to a pipe, left a size that is not true.
      int length = (int) Math.min(size, in.remaining());
      ByteBuffer chunk = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      if (id == FORMAT && length >= 16) {
        format = format(chunk);
      } else if (id == DATA) {
        return format == null ? new Reading.Unusable("no format chunk") : samples(format, chunk);
      }
      in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
    }
    return new Reading.Unusable("no data chunk");
  }

  private static Format format(ByteBuffer chunk) {
    int tag = chunk.getShort(0) & 0xFFFF;
    if (tag == EXTENSIBLE && chunk.limit() >= SUBFORMAT_OFFSET + 2) {
      tag = chunk.getShort(SUBFORMAT_OFFSET) & 0xFFFF;
    }
    return new Format(tag, chunk.getShort(2), chunk.getInt(4), chunk.getShort(14));
  }

  private static Reading samples(Format format, ByteBuffer data) {
    String problem = format.problem();
    if (problem != null) {
      return new Reading.Unusable(problem);
    }
    short[] pcm = new short[data.remaining() / format.frameBytes()];
    for (int i = 0; i < pcm.length; i++) {
      int sum = 0;
      for (int channel = 0; channel < format.channels; channel++) {
        sum += format.sample(data);
      }
      pcm[i] = (short) (sum / format.channels);
    }
    return pcm.length == 0
        ? new Reading.Unusable("no sound in it")
        : new Reading.Read(new Clip(format.rate, pcm));
  }
}
