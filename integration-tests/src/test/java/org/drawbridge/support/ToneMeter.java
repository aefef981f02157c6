package org.drawbridge.support;

/** Finds the strongest frequency and the level of PCM samples. Stateless. */
public final class ToneMeter {

  private static final int SMALLEST_WINDOW = 256;

  private ToneMeter() {}

  /** Measures the last samples, as many as the largest power of two that is there. */
  public static Heard measure(short[] samples, int sampleRate) {
    if (samples.length < SMALLEST_WINDOW) {
      return Heard.NOTHING;
    }
    int size = Integer.highestOneBit(samples.length);
    double[] re = new double[size];
    double[] im = new double[size];
    double power = window(samples, re);
    transform(re, im);
    return new Heard(peak(re, im) * sampleRate / size, 10 * Math.log10(power));
  }

  /** Applies a Hann window to the last samples and returns their mean power before that. */
  private static double window(short[] samples, double[] re) {
    double sum = 0;
    int skipped = samples.length - re.length;
    for (int i = 0; i < re.length; i++) {
      double x = samples[skipped + i] / 32768.0;
      sum += x * x;
      re[i] = x * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / re.length));
    }
    return sum / re.length;
  }

  /** The bin of the highest peak, refined by a parabola through its neighbours' log power. */
  private static double peak(double[] re, double[] im) {
    int best = 1;
    for (int bin = 1; bin < re.length / 2 - 1; bin++) {
      if (logPower(re, im, bin) > logPower(re, im, best)) {
        best = bin;
      }
    }
    double left = logPower(re, im, best - 1);
    double centre = logPower(re, im, best);
    double right = logPower(re, im, best + 1);
    double curvature = left - 2 * centre + right;
    return curvature == 0 ? best : best + 0.5 * (left - right) / curvature;
  }

  private static double logPower(double[] re, double[] im, int bin) {
    return Math.log(re[bin] * re[bin] + im[bin] * im[bin] + Double.MIN_NORMAL);
  }

  /** In-place radix-2 fast Fourier transform (Cooley and Tukey). */
  private static void transform(double[] re, double[] im) {
    reorder(re);
    for (int half = 1; half < re.length; half *= 2) {
      for (int k = 0; k < half; k++) {
        double cos = Math.cos(Math.PI * k / half);
        double sin = -Math.sin(Math.PI * k / half);
        for (int i = k; i < re.length; i += 2 * half) {
          int j = i + half;
          double x = cos * re[j] - sin * im[j];
          double y = cos * im[j] + sin * re[j];
          re[j] = re[i] - x;
          im[j] = im[i] - y;
          re[i] += x;
          im[i] += y;
        }
      }
    }
  }

  /** Bit-reversed order; the imaginary part is still zero everywhere. */
  private static void reorder(double[] re) {
    int bits = Integer.numberOfTrailingZeros(re.length);
    for (int i = 0; i < re.length; i++) {
      int j = Integer.reverse(i) >>> (32 - bits);
      if (j > i) {
        double swapped = re[i];
        re[i] = re[j];
        re[j] = swapped;
      }
    }
  }
}
