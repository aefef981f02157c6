package org.drawbridge.media.relay;

/**
 * How many packets of a peer are taken. A description may name a port of ours, by error, by intent,
 * or since a proxy behind us sends the call back: a packet that goes round must not do so as fast
 * as the machine can. Owned by a media loop; time is an argument.
 */
final class PacketBudget {

  /** Why a packet is refused that is beyond it. */
  static final String EXCEEDED = "more packets than a stream has";

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Frames of 2.5 ms, the shortest there are, are 400 a second. */
  private static final long AUDIO_NANOS = SECOND_NANOS / 500;

  /** About 50 Mbit/s. */
  private static final long VIDEO_NANOS = SECOND_NANOS / 5_000;

  /** What was held up on its way comes at once. */
  private static final long BURST_NANOS = 2 * SECOND_NANOS;

  /** What was taken is paid for then; meaningless before that, as clocks may begin anywhere. */
  private long paidNanos;

  private boolean began;

  /** Whether one more may be taken; counts it if so. */
  boolean takes(boolean video, long nowNanos) {
    long debt = began ? Math.max(0, paidNanos - nowNanos) : 0;
    long owed = debt + (video ? VIDEO_NANOS : AUDIO_NANOS);
    if (owed > BURST_NANOS) {
      return false;
    }
    began = true;
    paidNanos = nowNanos + owed;
    return true;
  }
}
