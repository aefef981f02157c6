package org.drawbridge.media.rtp;

/** Arithmetic of 16 bit sequence numbers that wrap (RFC 1982, RFC 3550). */
public final class Seq {

  private Seq() {}

  /** How far {@code to} lies ahead of {@code from}: -32768 to 32767. */
  public static int distance(int from, int to) {
    return (short) (to - from);
  }

  /**
   * The extended number (cycles and sequence number) nearest to the highest one known. Negative
   * when it would lie before the very first cycle.
   */
  public static long extend(long highest, int seq) {
    return highest + distance((int) highest, seq);
  }
}
