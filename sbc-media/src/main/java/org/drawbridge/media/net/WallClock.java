package org.drawbridge.media.net;

import java.time.Instant;

/** What sender reports say the time is: NTP's, in nanoseconds since 1900 (RFC 3550 4). */
final class WallClock {

  private static final long UNIX_SINCE_1900 = 2_208_988_800L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private WallClock() {}

  /**
   * What is to be added to a loop's time.
   *
   * @param now the time of day
   * @param loopNanos the loop's time at the same moment
   */
  static long offset(Instant now, long loopNanos) {
    long seconds = now.getEpochSecond() + UNIX_SINCE_1900;
    return seconds * NANOS_PER_SECOND + now.getNano() - loopNanos;
  }
}
