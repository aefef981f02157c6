package org.drawbridge.media.relay;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** What the transports of one media loop share. Used on that loop, except {@link #newIdentity}. */
public final class RelayShared {

  private final Executor loop;
  private final RandomGenerator random;
  private final long silenceNanos;
  private final RtcpRewriter rewriter = new RtcpRewriter();

  /**
   * Gathers what transports need.
   *
   * @param loop runs commands on the media loop; any thread may call it
   * @param random a secure, thread-safe source of SSRCs and names
   * @param silenceNanos how long a peer may say nothing before that is told
   */
  public RelayShared(Executor loop, RandomGenerator random, long silenceNanos) {
    this.loop = loop;
    this.random = random;
    this.silenceNanos = silenceNanos;
  }

  Executor loop() {
    return loop;
  }

  LegIdentity newIdentity() {
    return LegIdentity.random(random, silenceNanos, rewriter);
  }
}
