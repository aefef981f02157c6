package org.drawbridge.media.relay;

/**
 * Which of a peer's sources were left for another. A gateway, a music server or a fork behind it
 * may send several at once, and only one can be heard: the last to begin, as long as it sends.
 * Owned by a media loop.
 */
final class Succession {

  /** More sources than these at once are heard in turns. */
  private static final int MOST = 4;

  /**
   * Packets of a source that was left are dropped until the one that followed has paused for this
   * long: some are late.
   */
  private static final long STRAGGLER_NANOS = 200_000_000L;

  /** Who was left and has sent nothing for this long begins anew. */
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final int[] ssrcs = new int[MOST];
  private final long[] heardNanos = new long[MOST];
  private int count;
  private int next;

  /** A source is followed by another: whatever pause it made before is no end of it. */
  void leave(int ssrc, long nowNanos) {
    int slot = slot(ssrc);
    if (slot < 0) {
      slot = next;
      next = (next + 1) % MOST;
      count = Math.max(count, slot + 1);
    }
    ssrcs[slot] = ssrc;
    heardNanos[slot] = nowNanos;
  }

  /**
   * Whether a packet is to be dropped, being of a source that was left and goes on all the same.
   *
   * @param ssrc not that of the source that is heard
   * @param followedNanos when the source that is heard sent last
   */
  boolean isLeft(int ssrc, long followedNanos, long nowNanos) {
    int slot = slot(ssrc);
    if (slot < 0) {
      return false;
    }
    boolean goesOn = nowNanos - heardNanos[slot] < PAUSE_NANOS;
    heardNanos[slot] = nowNanos;
    return goesOn && nowNanos - followedNanos < STRAGGLER_NANOS;
  }

  private int slot(int ssrc) {
    for (int i = 0; i < count; i++) {
      if (ssrcs[i] == ssrc) {
        return i;
      }
    }
    return -1;
  }
}
