package org.drawbridge.media.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Even ports whose odd neighbour is free too (RFC 3550 11). A released pair rests before it is
 * given out again, and the one that rested longest comes first. Thread-safe.
 */
final class RtpPortPool {

  /** Returned when every pair is taken or resting. */
  static final int NONE = -1;

  private final ArrayDeque<Integer> free;
  private final ArrayDeque<Resting> resting = new ArrayDeque<>();
  private final long restNanos;

  /**
   * Fills the pool.
   *
   * @param random shuffles the ports, so that a call's ports cannot be guessed from another's
   */
  RtpPortPool(int min, int max, long restNanos, Random random) {
    List<Integer> ports = new ArrayList<>();
    for (int port = min + (min & 1); port < max; port += 2) {
      ports.add(port);
    }
    Collections.shuffle(ports, random);
    free = new ArrayDeque<>(ports);
    this.restNanos = restNanos;
  }

  /** Takes a pair and returns its even port, or {@link #NONE}. */
  synchronized int take(long nowNanos) {
    Resting next;
    while ((next = resting.peek()) != null && nowNanos - next.sinceNanos >= restNanos) {
      free.add(resting.remove().port);
    }
    Integer port = free.poll();
    return port == null ? NONE : port;
  }

  /** Gives a pair back; it rests from now. */
  synchronized void release(int port, long nowNanos) {
    resting.add(new Resting(port, nowNanos));
  }

  private record Resting(int port, long sinceNanos) {}
}
