package org.drawbridge.media.audio;

import static org.drawbridge.media.audio.G722Tables.saturate;

/** G.722 at 64 kbit/s: one byte for two samples of 16 kHz PCM. One stream's. */
final class G722Decoder implements AudioDecoder {

  private static final int TAPS = 24;
  private static final int LIMIT = 1 << 14;

  private final G722Band lower = G722Band.lower();
  private final G722Band higher = G722Band.higher();
  private final int[] history = new int[TAPS];
  private final Concealment concealment = new Concealment(16_000);

  @Override
  public int decode(byte[] payload, int off, int len, short[] pcm) {
    if (2 * len > pcm.length) {
      return MALFORMED;
    }
    for (int i = 0; i < len; i++) {
      int code = payload[off + i];
      int low = decodeLow(code & 0x3F);
      int high = decodeHigh(code >> 6 & 3);
      System.arraycopy(history, 2, history, 0, TAPS - 2);
      history[TAPS - 2] = low + high;
      history[TAPS - 1] = low - high;
      int first = 0;
      int second = 0;
      for (int k = 0; k < TAPS / 2; k++) {
        second += history[2 * k] * G722Tables.QMF[k];
        first += history[2 * k + 1] * G722Tables.QMF[TAPS / 2 - 1 - k];
      }
      pcm[2 * i] = (short) saturate(first >> 11);
      pcm[2 * i + 1] = (short) saturate(second >> 11);
    }
    concealment.heard(pcm, 2 * len);
    return 2 * len;
  }

  private int decodeLow(int code) {
    int coarse = code >> 2;
    int step = lower.step();
    int sample = lower.prediction() + (step * G722Tables.QM6[code] >> 15);
    lower.adapt(step * G722Tables.QM4[coarse] >> 15, G722Tables.WL[coarse]);
    return Math.clamp(sample, -LIMIT, LIMIT - 1);
  }

  private int decodeHigh(int code) {
    int difference = higher.step() * G722Tables.QM2[code] >> 15;
    int sample = higher.prediction() + difference;
    higher.adapt(difference, G722Tables.WH[code]);
    return Math.clamp(sample, -LIMIT, LIMIT - 1);
  }

  @Override
  public void conceal(short[] pcm, int samples) {
    concealment.fill(pcm, samples);
  }
}
