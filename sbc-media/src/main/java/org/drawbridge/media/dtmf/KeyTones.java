package org.drawbridge.media.dtmf;

import org.drawbridge.media.api.Keys;

/** The tone pairs of the keys (ITU-T Q.23). */
public final class KeyTones {

  /** The low group in Hz, one for each row of keys. */
  static final int[] LOW = {697, 770, 852, 941};

  /** The high group in Hz, one for each column. */
  static final int[] HIGH = {1209, 1336, 1477, 1633};

  /** Event codes by row and column. */
  private static final int[][] EVENTS = {
    {1, 2, 3, 12}, {4, 5, 6, 13}, {7, 8, 9, 14}, {10, 0, 11, 15}
  };

  /** Peak of each tone: together -7 dBm0, which telephones are heard at everywhere (Q.24). */
  private static final double AMPLITUDE = 7300;

  /** Rise and fall without a click. */
  private static final int RAMP_MICROS = 2000;

  private KeyTones() {}

  /** The event of a row and a column, each 0 to 3. */
  static int event(int row, int column) {
    return EVENTS[row][column];
  }

  /** Whether a key has a tone; a flash has none. */
  public static boolean hasTone(int event) {
    return event >= 0 && event < Keys.FLASH;
  }

  /** A key's lower frequency in Hz. */
  public static int low(int event) {
    return LOW[place(event) / 4];
  }

  /** A key's higher frequency in Hz. */
  public static int high(int event) {
    return HIGH[place(event) % 4];
  }

  private static int place(int event) {
    for (int i = 0; i < 16; i++) {
      if (EVENTS[i / 4][i % 4] == event) {
        return i;
      }
    }
    throw new IllegalArgumentException("event " + event + " has no tone");
  }

  /**
   * Writes a stretch of a key's tone.
   *
   * @param rate samples a second
   * @param from how many samples of the tone went before
   * @param last whether it ends with this stretch
   */
  public static void write(int event, int rate, long from, short[] pcm, int samples, boolean last) {
    double low = 2 * Math.PI * low(event) / rate;
    double high = 2 * Math.PI * high(event) / rate;
    double ramp = (double) rate * RAMP_MICROS / 1_000_000;
    for (int i = 0; i < samples; i++) {
      double in = Math.min(1, (from + i) / ramp);
      double out = last ? Math.min(1, (samples - 1 - i) / ramp) : 1;
      double wave = Math.sin(low * (from + i)) + Math.sin(high * (from + i));
      pcm[i] = (short) Math.round(AMPLITUDE * in * out * wave);
    }
  }
}
