package org.drawbridge.media.relay;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.drawbridge.media.plane.StreamIds;

/**
 * What one leg is to its peer, and what it shares with its loop.
 *
 * @param ssrc our SSRC toward the peer
 * @param repairSsrc our SSRC for retransmissions
 * @param endPoint shared by the peer's streams; its name is random for each leg, so that calls
 *     cannot be linked (RFC 7022)
 * @param random seeds sequence numbers and timestamps
 * @param silenceNanos how long a peer may say nothing
 * @param rewriter the loop's RTCP rewriter
 * @param pacer the loop's
 */
record LegIdentity(
    int ssrc,
    int repairSsrc,
    EndPoint endPoint,
    long random,
    long silenceNanos,
    RtcpRewriter rewriter,
    Pacer pacer) {

  static LegIdentity random(
      RandomGenerator random, long silenceNanos, RtcpRewriter rewriter, Pacer pacer) {
    EndPoint endPoint = new EndPoint(random, rewriter.wallClock());
    return of(endPoint, random, silenceNanos, rewriter, pacer);
  }

  /** Another stream of the same peer: receivers know by the name that both belong together. */
  LegIdentity sibling(RandomGenerator random) {
    return of(endPoint, random, silenceNanos, rewriter, pacer);
  }

  private static LegIdentity of(
      EndPoint endPoint,
      RandomGenerator random,
      long silenceNanos,
      RtcpRewriter rewriter,
      Pacer pacer) {
    return new LegIdentity(
        random.nextInt(),
        random.nextInt(),
        endPoint,
        random.nextLong(),
        silenceNanos,
        rewriter,
        pacer);
  }

  byte[] cname() {
    return endPoint.cname();
  }

  StreamIds ids() {
    return new StreamIds(ssrc, repairSsrc, new String(cname(), StandardCharsets.US_ASCII));
  }
}
