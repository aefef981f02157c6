package org.drawbridge.media.plane;

/**
 * What is known of the path between us and one peer besides counters; -1 stands for unknown.
 *
 * @param expected packets that the peer has sent, by its sequence numbers
 * @param recentLoss the fraction of them lost in the last few seconds, 0 to 1
 * @param sentLost packets of ours the peer says it has lost, without those that never reached us
 * @param sentRecentLoss the fraction of ours so lost between its last two reports, 0 to 1
 * @param sentJitterMillis jitter of ours as the peer sees it
 * @param roundTripMillis between us and the peer
 * @param peerMos the conversational score that the peer itself reports (RFC 3611 4.7.5)
 */
public record PathReport(
    long expected,
    double recentLoss,
    long sentLost,
    double sentRecentLoss,
    double sentJitterMillis,
    double roundTripMillis,
    double peerMos) {

  /** Nothing is known. */
  public static final PathReport UNKNOWN = new PathReport(0, 0, -1, -1, -1, -1, -1);
}
