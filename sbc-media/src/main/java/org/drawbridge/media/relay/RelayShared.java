package org.drawbridge.media.relay;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.drawbridge.media.api.MediaCounters;

/** What the transports of one media loop share. Used on that loop, except for identities. */
public final class RelayShared {

  private final Executor loop;
  private final Pacer pacer;
  private final RandomGenerator random;
  private final long silenceNanos;
  private final MediaCounters counters;
  private final RtcpRewriter rewriter;

  /**
   * Gathers what transports need.
   *
   * @param loop runs commands on the media loop; any thread may call it
   * @param pacer the media loop's
   * @param random a secure, thread-safe source of SSRCs and names
   * @param wallClock what added to the loop's time gives NTP's, in nanoseconds since 1900
   * @param silenceNanos how long a peer may say nothing before that is told
   * @param counters of the process
   */
  public RelayShared(
      Executor loop,
      Pacer pacer,
      RandomGenerator random,
      long wallClock,
      long silenceNanos,
      MediaCounters counters) {
    rewriter = new RtcpRewriter(wallClock);
    this.loop = loop;
    this.pacer = pacer;
    this.random = random;
    this.silenceNanos = silenceNanos;
    this.counters = counters;
  }

  MediaCounters counters() {
    return counters;
  }

  Executor loop() {
    return loop;
  }

  LegIdentity sibling(LegIdentity identity) {
    return identity.sibling(random);
  }

  LegIdentity newIdentity() {
    return LegIdentity.random(random, silenceNanos, rewriter, pacer);
  }
}
