package org.drawbridge.media.stun;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * How often strangers are answered: a response goes to whatever address a request claims to come
 * from, and must not be a weapon against it (RFC 8489 19.2). Networks (IPv4 /24, IPv6 /48) share a
 * fixed number of buckets, so that no flood makes this grow. Not thread-safe; time is an argument.
 */
public final class RequestLimiter {

  /** Responses to one network in a second, and at once after a pause. */
  public static final int PER_SECOND = 50;

  private static final int BUCKETS = 4096;
  private static final int MIX = 0x9E37_79B9;
  private static final long TOKEN_NANOS = 1_000_000_000L / PER_SECOND;

  /** For each bucket the time up to which its tokens are spent. */
  private final long[] spentUntil = new long[BUCKETS];

  /**
   * Starts with all buckets full.
   *
   * @param nowNanos of the clock whose time is given later
   */
  public RequestLimiter(long nowNanos) {
    Arrays.fill(spentUntil, nowNanos - 1_000_000_000L);
  }

  /** Whether a request from there may be answered; spends a token if so. */
  public boolean allows(InetAddress from, long nowNanos) {
    int bucket = bucketOf(from);
    long full = nowNanos - PER_SECOND * TOKEN_NANOS;
    long spent = spentUntil[bucket] - full < 0 ? full : spentUntil[bucket];
    if (spent + TOKEN_NANOS - nowNanos > 0) {
      return false;
    }
    spentUntil[bucket] = spent + TOKEN_NANOS;
    return true;
  }

  private static int bucketOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    int prefix = bytes.length == 4 ? 3 : 6;
    int hash = bytes.length;
    for (int i = 0; i < prefix; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * MIX >>> 20;
  }
}
