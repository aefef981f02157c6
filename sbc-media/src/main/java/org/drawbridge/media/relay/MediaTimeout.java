package org.drawbridge.media.relay;

/**
 * Notices that a peer which should send has stopped. Owned by a media loop; time is an argument.
 */
final class MediaTimeout {

  private final long timeoutNanos;
  private long sinceNanos;
  private boolean expected;
  private long toldNanos;
  private boolean announced;

  MediaTimeout(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  /** A description says whether the peer sends; silence is counted anew from here. */
  void expect(boolean sends, long nowNanos) {
    expected = sends;
    announced = false;
    heard(nowNanos);
  }

  /** Whether silence is a fault. */
  boolean isExpected() {
    return expected;
  }

  /**
   * Media of the peer was accepted.
   *
   * @param silent whether it is comfort noise: who sends that may send nothing until it speaks
   *     again (RFC 3389 section 5)
   */
  void heard(boolean silent, long nowNanos) {
    announced = silent;
    heard(nowNanos);
  }

  /** A packet of the peer was accepted. */
  void heard(long nowNanos) {
    sinceNanos = nowNanos;
    toldNanos = nowNanos;
  }

  /**
   * Milliseconds of a silence that is due to be told, or -1. It is due again each time that it has
   * lasted as long once more: while it rings nobody minds.
   */
  long dueMillis(long nowNanos) {
    if (!expected || announced || nowNanos - toldNanos < timeoutNanos) {
      return -1;
    }
    toldNanos = nowNanos;
    return (nowNanos - sinceNanos) / 1_000_000;
  }
}
