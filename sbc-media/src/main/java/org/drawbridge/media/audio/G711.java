package org.drawbridge.media.audio;

/**
 * Companding by table (ITU-T G.711). An encoder keeps no state, so both of them are shared.
 * Immutable and thread-safe.
 */
public final class G711 implements AudioEncoder {

  /** PCMU. */
  public static final G711 MU_LAW = new G711(true);

  /** PCMA. */
  public static final G711 A_LAW = new G711(false);

  /** Bits of a sample that no step of either law tells apart. */
  private static final int FINENESS = 2;

  private static final int BIAS = 0x84;
  private static final int CLIP = 0x7FFF - BIAS;

  private final short[] linear = new short[256];
  private final byte[] companded = new byte[65536 >> FINENESS];

  private G711(boolean mu) {
    for (int code = 0; code < linear.length; code++) {
      linear[code] = (short) (mu ? expandMu(code) : expandA(code));
    }
    for (int i = 0; i < companded.length; i++) {
      int sample = (short) (i << FINENESS);
      companded[i] = (byte) (mu ? compressMu(sample) : compressA(sample));
    }
  }

  /** The code of a sample. */
  public byte encode(short sample) {
    return companded[(sample & 0xFFFF) >> FINENESS];
  }

  /** The sample of a code. */
  public short decode(byte code) {
    return linear[code & 0xFF];
  }

  @Override
  public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
    for (int i = 0; i < samples; i++) {
      out[outOff + i] = encode(pcm[off + i]);
    }
    return samples;
  }

  /** A decoder with a stream's state, which is only what concealment needs. */
  AudioDecoder newDecoder() {
    return new Decoder();
  }

  private static int expandMu(int code) {
    int bits = ~code;
    int magnitude = (((bits & 0x0F) << 3) + BIAS << ((bits & 0x70) >> 4)) - BIAS;
    return (bits & 0x80) == 0 ? magnitude : -magnitude;
  }

  private static int compressMu(int sample) {
    int sign = sample < 0 ? 0x80 : 0;
    int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
    int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
    return ~(sign | segment << 4 | magnitude >> segment + 3 & 0x0F);
  }

  private static int expandA(int code) {
    int bits = code ^ 0x55;
    int segment = (bits & 0x70) >> 4;
    int step = (bits & 0x0F) << 4;
    int magnitude = segment == 0 ? step + 8 : step + 0x108 << segment - 1;
    return (bits & 0x80) == 0 ? -magnitude : magnitude;
  }

  private static int compressA(int sample) {
    int sign = sample < 0 ? 0 : 0x80;
    int magnitude = sample < 0 ? ~sample : sample;
    int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
    int step = magnitude >> Math.max(4, segment + 3) & 0x0F;
    return (sign | segment << 4 | step) ^ 0x55;
  }

  private final class Decoder implements AudioDecoder {

    private final Concealment concealment = new Concealment(AudioCodec.PCMU.sampleRate());

    @Override
    public int decode(byte[] payload, int off, int len, short[] pcm) {
      if (len > pcm.length) {
        return MALFORMED;
      }
      for (int i = 0; i < len; i++) {
        pcm[i] = G711.this.decode(payload[off + i]);
      }
      concealment.heard(pcm, len);
      return len;
    }

    @Override
    public void conceal(short[] pcm, int samples) {
      concealment.fill(pcm, samples);
    }
  }
}
