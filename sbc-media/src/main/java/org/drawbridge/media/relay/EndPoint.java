package org.drawbridge.media.relay;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What we are to one peer in all streams that it sets against one another: a canonical name (RFC
 * 3550 6.5.1) and the clock of sender reports, which are to agree (RFC 3550 6.4.1). Owned by a
 * media loop.
 */
final class EndPoint {

  private static final int CNAME_BYTES = 12;

  private final byte[] cname;
  private long clockOffset;

  /**
   * One that goes by our own clock.
   *
   * @param wallClock what added to the loop's time gives NTP's, in nanoseconds since 1900
   */
  EndPoint(RandomGenerator random, long wallClock) {
    byte[] name = new byte[CNAME_BYTES];
    random.nextBytes(name);
    cname = HexFormat.of().formatHex(name).getBytes(StandardCharsets.US_ASCII);
    clockOffset = wallClock;
  }

  byte[] cname() {
    return cname;
  }

  /** Goes by the clock of a sender report that is relayed, in nanoseconds since 1900. */
  void follow(long ntpNanos, long nowNanos) {
    clockOffset = ntpNanos - nowNanos;
  }

  /** The time of a report made now, in nanoseconds since 1900. */
  long ntpNanos(long nowNanos) {
    return nowNanos + clockOffset;
  }
}
