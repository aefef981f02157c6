package org.drawbridge.support;

import java.util.Locale;

/**
 * What a party heard over a short while.
 *
 * @param hertz the strongest frequency; meaningless if silent
 * @param decibels level relative to full scale (dBFS)
 */
public record Heard(double hertz, double decibels) {

  /** Nothing came in at all. */
  public static final Heard NOTHING = new Heard(0, Double.NEGATIVE_INFINITY);

  private static final double SILENCE_DECIBELS = -55;
  private static final double TOLERANCE_HERTZ = 5;

  /** Whether it was too quiet to be anyone's tone; comfort noise may remain. */
  public boolean isSilence() {
    return decibels < SILENCE_DECIBELS;
  }

  /** Whether this was that tone. */
  public boolean is(Tone tone) {
    return !isSilence() && Math.abs(hertz - tone.hertz()) <= TOLERANCE_HERTZ;
  }

  @Override
  public String toString() {
    return isSilence()
        ? String.format(Locale.ROOT, "silence (%.0f dBFS)", decibels)
        : String.format(Locale.ROOT, "%.1f Hz at %.0f dBFS", hertz, decibels);
  }
}
