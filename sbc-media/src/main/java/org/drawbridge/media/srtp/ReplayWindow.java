package org.drawbridge.media.srtp;

import java.util.Arrays;

/**
 * Which of the last {@value #SIZE} packet indices were seen (RFC 3711 3.3.2). Asking changes
 * nothing; only {@link #commit}, after authentication, does. Not thread-safe.
 */
final class ReplayWindow {

  /** 512 packets are ten seconds of audio: reordering beyond that is useless anyway. */
  static final int SIZE = 512;

  /** RTP time by which a stream may have gone on meanwhile: an hour and a half at 48 kHz. */
  private static final int NEAR = 1 << 28;

  /** How far back the beginning of a stream is told from what comes later than now. */
  private static final int FAR = 1 << 30;

  private final long[] bits = new long[SIZE / Long.SIZE];
  private long highest = -1;
  private int timestamp;
  private boolean restarted;

  /** The RTP time that all of a stream which has begun anew comes after. */
  private int since;

  /** The highest index committed, -1 before the first. */
  long highest() {
    return highest;
  }

  /** Whether an index is neither seen nor too old to tell. */
  boolean isFresh(long index) {
    return index > highest
        || (index >= 0 && highest - index < SIZE && (bits[word(index)] & bit(index)) == 0);
  }

  /** Whether an index is too old to tell whether it was seen. */
  boolean isPast(long index) {
    return index < 0 || highest - index >= SIZE;
  }

  /** Whether RTP time goes on with this: what was recorded earlier in the stream has an earlier. */
  boolean goesOnAt(int time) {
    int ahead = time - timestamp;
    return ahead >= 0 && ahead < NEAR;
  }

  /** Whether it was said before the stream began anew, with indices that come again. */
  boolean isFromBefore(int time) {
    return restarted && time - since < 0;
  }

  /** The stream begins anew: its indices come again, its RTP time does not. */
  void restart(int time) {
    highest = -1;
    Arrays.fill(bits, 0);
    restarted = true;
    since = time;
  }

  /** Marks a fresh index of RTP as seen, with its timestamp. */
  void commit(long index, int time) {
    if (index > highest) {
      timestamp = time;
      if (time - since > FAR) {
        since = time - FAR;
      }
    }
    commit(index);
  }

  /** Marks a fresh index as seen. */
  void commit(long index) {
    if (index > highest) {
      forgetBetween(index);
      highest = index;
    }
    bits[word(index)] |= bit(index);
  }

  private void forgetBetween(long index) {
    long from = Math.max(highest + 1, index - SIZE + 1);
    for (long i = from; i <= index; i++) {
      bits[word(i)] &= ~bit(i);
    }
  }

  private static int word(long index) {
    return (int) (index % SIZE) >>> 6;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
