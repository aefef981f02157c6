package org.drawbridge.media.dtmf;

import org.drawbridge.media.api.Keys;

/**
 * Finds key tones in 8 kHz audio, by the Goertzel algorithm on windows of 102 samples (12.75 ms)
 * that overlap by half, with the margins of ITU-T Q.24: a tone counts after four windows alike, so
 * that 40 ms are found and 23 ms are not; four windows without it end it.
 *
 * <p>Guards against talk-off: each tone must stand out of its group, both must hold nearly all the
 * energy there is, twist is bounded, and the second harmonic of the higher one, which voices have
 * and keys do not, must be weak.
 */
public final class ToneDetector {

  /** Samples a second that are expected. */
  public static final int RATE = 8000;

  private static final int WINDOW = 102;
  private static final int HOP = WINDOW / 2;
  private static final int HITS = 4;
  private static final int MISSES = 4;

  /** Each tone at least -29 dBm0 (Q.24): the square of its peak beside full scale. */
  private static final double MIN_POWER = 580.0 * 580.0;

  /** How much stronger the low tone may be: 8 dB. */
  private static final double REVERSE_TWIST = 6.3;

  /** How much stronger the high tone may be: 4 dB by Q.24, and some for lossy lines. */
  private static final double TWIST = 4.0;

  /** How far a tone stands out of its group: 8 dB. */
  private static final double PEAK = 6.3;

  /** Share of all energy that both tones hold together, when they are off by 1.5 %. */
  private static final double PURITY = 0.78;

  /** The second harmonic may hold this share of its tone. */
  private static final double HARMONIC = 0.12;

  private static final int GROUP = 4;
  private static final double[] COEFFICIENTS = coefficients();

  private final KeyListener listener;
  private final short[] window = new short[WINDOW];
  private final double[] power = new double[2 * GROUP];
  private int filled;
  private int candidate = Keys.NONE;
  private int hits;
  private int misses;
  private int down = Keys.NONE;
  private int windows;

  /** A detector that tells a listener. */
  public ToneDetector(KeyListener listener) {
    this.listener = listener;
  }

  private static double[] coefficients() {
    double[] all = new double[3 * GROUP];
    for (int i = 0; i < GROUP; i++) {
      all[i] = coefficient(KeyTones.LOW[i]);
      all[GROUP + i] = coefficient(KeyTones.HIGH[i]);
      all[2 * GROUP + i] = coefficient(2.0 * KeyTones.HIGH[i]);
    }
    return all;
  }

  private static double coefficient(double frequency) {
    return 2 * Math.cos(2 * Math.PI * frequency / RATE);
  }

  /** Whether a key is down now, by what was heard. */
  public boolean isDown() {
    return down != Keys.NONE;
  }

  /** Listens to the next samples. */
  public void onSamples(short[] pcm, int samples, long nowNanos) {
    for (int i = 0; i < samples; i++) {
      window[filled++] = pcm[i];
      if (filled == WINDOW) {
        decide(judge(), nowNanos);
        System.arraycopy(window, HOP, window, 0, WINDOW - HOP);
        filled = WINDOW - HOP;
      }
    }
  }

  /** The audio stopped: whatever was down is up. */
  public void onGap(long nowNanos) {
    filled = 0;
    candidate = Keys.NONE;
    if (isDown()) {
      release(nowNanos);
    }
  }

  /** The squared peak of a sine of one of the frequencies. */
  private double power(double coefficient) {
    double s1 = 0;
    double s2 = 0;
    for (short sample : window) {
      double s0 = sample + coefficient * s1 - s2;
      s2 = s1;
      s1 = s0;
    }
    return (s1 * s1 + s2 * s2 - coefficient * s1 * s2) * 4 / ((double) WINDOW * WINDOW);
  }

  /** The key whose tone fills the window, or none. */
  private int judge() {
    double energy = 0;
    for (short sample : window) {
      energy += (double) sample * sample;
    }
    if (energy < MIN_POWER * WINDOW) {
      return Keys.NONE;
    }
    for (int k = 0; k < power.length; k++) {
      power[k] = power(COEFFICIENTS[k]);
    }
    int row = strongest(0);
    int column = strongest(GROUP);
    double low = power[row];
    double high = power[GROUP + column];
    boolean tones =
        low >= MIN_POWER
            && high >= MIN_POWER
            && low <= high * REVERSE_TWIST
            && high <= low * TWIST
            && standsOut(0, row)
            && standsOut(GROUP, column)
            && (low + high) / 2 * WINDOW >= PURITY * energy
            && power(COEFFICIENTS[2 * GROUP + column]) <= HARMONIC * high;
    return tones ? KeyTones.event(row, column) : Keys.NONE;
  }

  private int strongest(int group) {
    int best = 0;
    for (int i = 1; i < GROUP; i++) {
      if (power[group + i] > power[group + best]) {
        best = i;
      }
    }
    return best;
  }

  private boolean standsOut(int group, int best) {
    for (int i = 0; i < GROUP; i++) {
      if (i != best && power[group + i] * PEAK > power[group + best]) {
        return false;
      }
    }
    return true;
  }

  private void decide(int key, long nowNanos) {
    hits = key != Keys.NONE && key == candidate ? hits + 1 : 1;
    candidate = key;
    if (isDown()) {
      windows++;
      misses = key == down ? 0 : misses + 1;
      if (misses < MISSES) {
        listener.onKey(down, nowNanos);
        return;
      }
      release(nowNanos);
    }
    if (key != Keys.NONE && hits >= HITS) {
      down = key;
      windows = HITS;
      misses = 0;
      listener.onKey(key, nowNanos);
    }
  }

  private void release(long nowNanos) {
    int key = down;
    down = Keys.NONE;
    listener.onRelease(key, (windows - misses) * HOP * 1000 / RATE, nowNanos);
    misses = 0;
  }
}
