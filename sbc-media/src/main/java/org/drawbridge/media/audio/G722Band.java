package org.drawbridge.media.audio;

import static org.drawbridge.media.audio.G722Tables.saturate;

/**
 * The adaptive predictor and quantizer scale of one band (ITU-T G.722 3.5 and 3.6), which encoder
 * and decoder run alike.
 */
final class G722Band {

  private static final int ZEROS = 6;

  private final int maxScale;
  private final int shift;
  private final int[] differences = new int[ZEROS + 1];
  private final int[] zeros = new int[ZEROS + 1];
  private int pole1;
  private int pole2;
  private int rebuilt1;
  private int rebuilt2;
  private int partial1;
  private int partial2;
  private int zeroPart;
  private int prediction;
  private int logScale;
  private int step;

  private G722Band(int maxScale, int shift, int step) {
    this.maxScale = maxScale;
    this.shift = shift;
    this.step = step;
  }

  static G722Band lower() {
    return new G722Band(18_432, 8, 32);
  }

  static G722Band higher() {
    return new G722Band(22_528, 10, 8);
  }

  /** What the next sample may be. */
  int prediction() {
    return prediction;
  }

  /** Size of the quantizer's step. */
  int step() {
    return step;
  }

  /** Learns a quantized difference, and how the scale is to change. */
  void adapt(int difference, int scaleChange) {
    logScale = Math.clamp((logScale * 127 >> 7) + scaleChange, 0, maxScale);
    int base = G722Tables.ILB[logScale >> 6 & 31];
    int down = shift - (logScale >> 11);
    step = (down < 0 ? base << -down : base >> down) << 2;
    predict(difference);
  }

  private void predict(int difference) {
    int rebuilt = saturate(prediction + difference);
    int partial = saturate(zeroPart + difference);
    adaptPoles(partial);
    adaptZeros(difference);
    partial2 = partial1;
    partial1 = partial;
    rebuilt2 = rebuilt1;
    rebuilt1 = rebuilt;
    int polePart =
        saturate((pole1 * saturate(2 * rebuilt1) >> 15) + (pole2 * saturate(2 * rebuilt2) >> 15));
    int sum = 0;
    for (int i = ZEROS; i > 0; i--) {
      sum += zeros[i] * saturate(2 * differences[i]) >> 15;
    }
    zeroPart = saturate(sum);
    prediction = saturate(polePart + zeroPart);
  }

  private void adaptPoles(int partial) {
    boolean sameAsLast = partial < 0 == partial1 < 0;
    boolean sameAsBefore = partial < 0 == partial2 < 0;
    int drift = saturate(pole1 << 2);
    int turned = Math.min(sameAsLast ? -drift : drift, Short.MAX_VALUE);
    int second = (sameAsBefore ? 128 : -128) + (turned >> 7) + (pole2 * 32_512 >> 15);
    pole2 = Math.clamp(second, -12_288, 12_288);
    int bound = saturate(15_360 - pole2);
    int first = saturate((sameAsLast ? 192 : -192) + (pole1 * 32_640 >> 15));
    pole1 = Math.clamp(first, -bound, bound);
  }

  /** Differences move on by one as their coefficients learn. */
  private void adaptZeros(int difference) {
    int gain = difference == 0 ? 0 : 128;
    for (int i = ZEROS; i > 0; i--) {
      boolean same = differences[i] < 0 == difference < 0;
      zeros[i] = saturate((same ? gain : -gain) + (zeros[i] * 32_640 >> 15));
    }
    System.arraycopy(differences, 1, differences, 2, ZEROS - 1);
    differences[1] = difference;
  }
}
