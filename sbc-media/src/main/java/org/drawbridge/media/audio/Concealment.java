package org.drawbridge.media.audio;

import java.util.Arrays;

/**
 * Covers lost packets of codecs that cannot do so themselves: repeats the last pitch period, fading
 * to silence in 60 ms (after the manner of ITU-T G.711 Appendix I). One stream's; not thread-safe.
 */
final class Concealment {

  private static final int FADE_MILLIS = 60;

  private final short[] history;
  private final int shortest;
  private final int longest;
  private final int fade;
  private int period;
  private int filled;

  /**
   * Starts with silence.
   *
   * @param rate samples a second
   */
  Concealment(int rate) {
    shortest = rate / 200;
    longest = rate * 15 / 1000;
    fade = rate * FADE_MILLIS / 1000;
    history = new short[3 * longest];
  }

  /** Keeps the end of what was heard. */
  void heard(short[] pcm, int samples) {
    filled = 0;
    int kept = Math.min(samples, history.length);
    System.arraycopy(history, kept, history, 0, history.length - kept);
    System.arraycopy(pcm, samples - kept, history, history.length - kept, kept);
  }

  /** Writes what may have come next. */
  void fill(short[] pcm, int samples) {
    if (filled == 0) {
      period = pitch();
    }
    int start = history.length - period;
    for (int i = 0; i < samples; i++, filled++) {
      if (filled >= fade) {
        Arrays.fill(pcm, i, samples, (short) 0);
        return;
      }
      pcm[i] = (short) (history[start + filled % period] * (fade - filled) / fade);
    }
  }

  /** The lag at which the last samples resemble those before them most. */
  private int pitch() {
    int best = longest;
    double bestLikeness = 0;
    int from = history.length - longest;
    for (int lag = shortest; lag <= longest; lag++) {
      double product = 0;
      double energy = 1;
      for (int i = from; i < history.length; i++) {
        product += (double) history[i] * history[i - lag];
        energy += (double) history[i - lag] * history[i - lag];
      }
      double likeness = product / Math.sqrt(energy);
      if (likeness > bestLikeness) {
        bestLikeness = likeness;
        best = lag;
      }
    }
    return best;
  }
}
