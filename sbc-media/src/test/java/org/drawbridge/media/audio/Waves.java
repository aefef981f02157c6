package org.drawbridge.media.audio;

/** Test sounds and how alike two sounds are. */
final class Waves {

  private Waves() {}

  /** A sine wave. */
  static short[] sine(int rate, double hertz, double amplitude, int samples) {
    short[] pcm = new short[samples];
    for (int i = 0; i < samples; i++) {
      pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return pcm;
  }

  /**
   * How far a signal stands above its difference from another one, in dB.
   *
   * @param delay samples by which the copy lags
   * @param skip samples at the start that are not looked at
   */
  static double snr(short[] signal, short[] copy, int delay, int skip) {
    double power = 0;
    double noise = 1e-9;
    for (int i = skip; i + delay < Math.min(copy.length, signal.length); i++) {
      double error = signal[i] - copy[i + delay];
      power += (double) signal[i] * signal[i];
      noise += error * error;
    }
    return 10 * Math.log10(power / noise);
  }

  /** The best {@link #snr} among delays from 0. */
  static double bestSnr(short[] signal, short[] copy, int maxDelay, int skip) {
    double best = Double.NEGATIVE_INFINITY;
    for (int delay = 0; delay <= maxDelay; delay++) {
      best = Math.max(best, snr(signal, copy, delay, skip));
    }
    return best;
  }

  /** Power of a frequency against all power, 0 to 1 (Goertzel). */
  static double purity(short[] pcm, int from, int to, int rate, double hertz) {
    double factor = 2 * Math.cos(2 * Math.PI * hertz / rate);
    double one = 0;
    double two = 0;
    double total = 1e-9;
    for (int i = from; i < to; i++) {
      double now = pcm[i] + factor * one - two;
      two = one;
      one = now;
      total += (double) pcm[i] * pcm[i];
    }
    double power = one * one + two * two - factor * one * two;
    return 2 * power / (total * (to - from));
  }
}
