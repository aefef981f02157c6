package org.drawbridge.media.relay;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.drawbridge.media.plane.StreamIds;

/**
 * What one leg is to its peer, and what it shares with its loop.
 *
 * @param ssrc our SSRC toward the peer
 * @param repairSsrc our SSRC for retransmissions
 * @param cname our canonical name toward the peer: random for each leg, so that calls cannot be
 *     linked (RFC 7022)
 * @param random seeds sequence numbers and timestamps
 * @param silenceNanos how long a peer may say nothing
 * @param rewriter the loop's RTCP rewriter
 * @param pacer the loop's
 */
record LegIdentity(
    int ssrc,
    int repairSsrc,
    byte[] cname,
    long random,
    long silenceNanos,
    RtcpRewriter rewriter,
    Pacer pacer) {

  private static final int CNAME_BYTES = 12;

  static LegIdentity random(
      RandomGenerator random, long silenceNanos, RtcpRewriter rewriter, Pacer pacer) {
    byte[] name = new byte[CNAME_BYTES];
    random.nextBytes(name);
    byte[] cname = HexFormat.of().formatHex(name).getBytes(StandardCharsets.US_ASCII);
    return of(cname, random, silenceNanos, rewriter, pacer);
  }

  /** Another stream of the same peer: receivers know by the name that both belong together. */
  LegIdentity sibling(RandomGenerator random) {
    return of(cname, random, silenceNanos, rewriter, pacer);
  }

  private static LegIdentity of(
      byte[] cname, RandomGenerator random, long silenceNanos, RtcpRewriter rewriter, Pacer pacer) {
    return new LegIdentity(
        random.nextInt(),
        random.nextInt(),
        cname,
        random.nextLong(),
        silenceNanos,
        rewriter,
        pacer);
  }

  StreamIds ids() {
    return new StreamIds(ssrc, repairSsrc, new String(cname, StandardCharsets.US_ASCII));
  }
}
