package org.drawbridge.media.audio;

import static org.drawbridge.media.audio.G722Tables.saturate;

/** G.722 at 64 kbit/s: 16 kHz PCM, one byte for two samples. One stream's. */
final class G722Encoder implements AudioEncoder {

  private static final int TAPS = 24;

  private final G722Band lower = G722Band.lower();
  private final G722Band higher = G722Band.higher();
  private final int[] history = new int[TAPS];

  @Override
  public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
    for (int i = 0; i < samples / 2; i++) {
      System.arraycopy(history, 2, history, 0, TAPS - 2);
      history[TAPS - 2] = pcm[off + 2 * i];
      history[TAPS - 1] = pcm[off + 2 * i + 1];
      int even = 0;
      int odd = 0;
      for (int k = 0; k < TAPS / 2; k++) {
        odd += history[2 * k] * G722Tables.QMF[k];
        even += history[2 * k + 1] * G722Tables.QMF[TAPS / 2 - 1 - k];
      }
      int high = encodeHigh(even - odd >> 14);
      out[outOff + i] = (byte) (high << 6 | encodeLow(even + odd >> 14));
    }
    return samples / 2;
  }

  private int encodeLow(int sample) {
    int error = saturate(sample - lower.prediction());
    int size = error >= 0 ? error : ~error;
    int level = 1;
    while (level < G722Tables.Q6.length && size >= G722Tables.Q6[level] * lower.step() >> 12) {
      level++;
    }
    int code = G722Tables.lowCode(level, error < 0);
    int coarse = code >> 2;
    lower.adapt(lower.step() * G722Tables.QM4[coarse] >> 15, G722Tables.WL[coarse]);
    return code;
  }

  private int encodeHigh(int sample) {
    int error = saturate(sample - higher.prediction());
    int size = error >= 0 ? error : ~error;
    boolean large = size >= 564 * higher.step() >> 12;
    int code = (error < 0 ? 0 : 2) + (large ? 0 : 1);
    higher.adapt(higher.step() * G722Tables.QM2[code] >> 15, G722Tables.WH[code]);
    return code;
  }
}
