package org.drawbridge.sip.dialog;

/**
 * What we want of session timers (RFC 4028).
 *
 * @param interval the Session-Expires we ask for, seconds, at least minSe
 * @param minSe the shortest interval we accept, seconds, at least 90 (RFC 4028 section 4)
 */
public record SessionTimerSettings(int interval, int minSe) {

  /** The RFC's least value for Min-SE, which is also what its absence means, seconds. */
  public static final int LEAST_MIN_SE = 90;

  /** Half an hour, and anything the RFC allows. */
  public static final SessionTimerSettings DEFAULTS = new SessionTimerSettings(1_800, LEAST_MIN_SE);

  /** Refuses what the RFC does. */
  public SessionTimerSettings {
    if (minSe < LEAST_MIN_SE || interval < minSe) {
      throw new IllegalArgumentException(
          "Bad session timer settings: interval %d s, Min-SE %d s".formatted(interval, minSe));
    }
  }
}
