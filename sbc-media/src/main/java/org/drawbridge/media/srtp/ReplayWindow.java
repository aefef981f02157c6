package org.drawbridge.media.srtp;

import java.util.Arrays;

/**
 * Which of the last {@value #SIZE} packet indices were seen (RFC 3711 3.3.2). Asking changes
 * nothing; only {@link #commit}, after authentication, does. Not thread-safe.
 */
final class ReplayWindow {

  /** 512 packets are ten seconds of audio: reordering beyond that is useless anyway. */
  static final int SIZE = 512;

  private final long[] bits = new long[SIZE / Long.SIZE];
  private long highest = -1;

  /** The highest index committed, -1 before the first. */
  long highest() {
    return highest;
  }

  /** Whether an index is neither seen nor too old to tell. */
  boolean isFresh(long index) {
    return index > highest
        || (index >= 0 && highest - index < SIZE && (bits[word(index)] & bit(index)) == 0);
  }

  /** Forgets all indices. */
  void restart() {
    highest = -1;
    Arrays.fill(bits, 0);
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
