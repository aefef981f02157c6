package org.drawbridge.media.audio;

import java.util.Arrays;

/**
 * Changes the sample rate of one stream by a polyphase windowed sinc: what the lower rate cannot
 * hold is damped by more than 60 dB. Not thread-safe.
 */
public final class Resampler {

  /** Zero crossings of the filter on each side. */
  private static final int CROSSINGS = 24;

  /** Where the pass band ends, of the lower rate's half. */
  private static final double PASS = 0.94;

  private final int up;
  private final int down;
  private final int taps;
  private final float[][] phases;
  private float[] pending;
  private int held;
  private int phase;

  /**
   * Starts with silence.
   *
   * @param from samples a second of what comes in
   * @param to samples a second of what goes out
   */
  public Resampler(int from, int to) {
    int divisor = greatestCommon(from, to);
    up = to / divisor;
    down = from / divisor;
    double cutoff = Math.min(1, (double) to / from);
    taps = 2 * (int) Math.ceil(CROSSINGS / cutoff);
    phases = new float[up][];
    for (int p = 0; p < up; p++) {
      phases[p] = filter(taps, PASS * cutoff, (double) p / up);
    }
    held = taps - 1;
    pending = new float[held];
  }

  private static int greatestCommon(int a, int b) {
    return b == 0 ? a : greatestCommon(b, a % b);
  }

  private static float[] filter(int taps, double cutoff, double offset) {
    double[] weights = new double[taps];
    double sum = 0;
    for (int k = 0; k < taps; k++) {
      double x = k - (taps / 2 - 1) - offset;
      weights[k] = sinc(cutoff * x) * window(x / (taps / 2.0));
      sum += weights[k];
    }
    float[] scaled = new float[taps];
    for (int k = 0; k < taps; k++) {
      scaled[k] = (float) (weights[k] / sum);
    }
    return scaled;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /** Blackman's window over -1 to 1. */
  private static double window(double x) {
    if (Math.abs(x) >= 1) {
      return 0;
    }
    return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
  }

  /** Most samples that so many coming in can make at once. */
  public int most(int samples) {
    return (int) ((long) (samples + taps) * up / down) + 1;
  }

  /**
   * Takes what comes in and gives what it makes.
   *
   * @param out has room for {@link #most}
   * @return samples written
   */
  public int process(short[] in, int off, int samples, short[] out) {
    take(in, off, samples);
    int written = 0;
    int start = 0;
    while (start + taps <= held) {
      out[written++] = at(start);
      phase += down;
      start += phase / up;
      phase %= up;
    }
    int used = Math.min(start, held);
    System.arraycopy(pending, used, pending, 0, held - used);
    held -= used;
    return written;
  }

  private void take(short[] in, int off, int samples) {
    if (held + samples > pending.length) {
      float[] larger = new float[held + samples];
      System.arraycopy(pending, 0, larger, 0, held);
      pending = larger;
    }
    for (int i = 0; i < samples; i++) {
      pending[held++] = in[off + i];
    }
  }

  private short at(int start) {
    float[] weights = phases[phase];
    float sum = 0;
    for (int k = 0; k < taps; k++) {
      sum += pending[start + k] * weights[k];
    }
    return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** A whole sound at another rate, without delay. */
  public static short[] whole(short[] pcm, int from, int to) {
    if (from == to) {
      return pcm;
    }
    Resampler resampler = new Resampler(from, to);
    resampler.held = resampler.taps / 2 - 1;
    short[] out = new short[(int) ((long) pcm.length * to / from)];
    short[] piece = new short[from / 50];
    short[] made = new short[resampler.most(piece.length)];
    int written = 0;
    for (int at = 0; written < out.length; at += piece.length) {
      int real = Math.clamp(pcm.length - at, 0, piece.length);
      Arrays.fill(piece, (short) 0);
      System.arraycopy(pcm, Math.min(at, pcm.length), piece, 0, real);
      int count = resampler.process(piece, 0, piece.length, made);
      int kept = Math.min(count, out.length - written);
      System.arraycopy(made, 0, out, written, kept);
      written += kept;
    }
    return out;
  }
}
