package org.drawbridge.media.api;

/**
 * Counters of one leg since it was made.
 *
 * @param packetsReceived media packets accepted from the peer
 * @param packetsSent media packets sent to the peer
 * @param bytesReceived payload bytes accepted from the peer
 * @param bytesSent payload bytes sent to the peer
 * @param packetsRefused packets dropped because their source, authentication or form was wrong
 * @param packetsLost packets the peer sent and we never saw, by sequence number (RFC 3550 A.3)
 * @param jitterMillis interarrival jitter of the peer's stream (RFC 3550 A.8), in milliseconds
 * @param recovery what was done about losses
 */
public record LegStats(
    long packetsReceived,
    long packetsSent,
    long bytesReceived,
    long bytesSent,
    long packetsRefused,
    long packetsLost,
    double jitterMillis,
    Recovery recovery) {

  /** Counters of a leg where nothing was done about losses. */
  public LegStats(
      long packetsReceived,
      long packetsSent,
      long bytesReceived,
      long bytesSent,
      long packetsRefused,
      long packetsLost,
      double jitterMillis) {
    this(
        packetsReceived,
        packetsSent,
        bytesReceived,
        bytesSent,
        packetsRefused,
        packetsLost,
        jitterMillis,
        Recovery.NONE);
  }

  /**
   * What was asked for and done about losses.
   *
   * @param askedAgain packets of ours the peer asked for again (generic NACK, RFC 4585 6.2.1)
   * @param picturesAsked whole pictures the peer asked us for (PLI and FIR, RFC 4585 6.3.1, RFC
   *     5104 4.3.1)
   * @param repeated packets the peer sent again (RFC 4588)
   */
  public record Recovery(long askedAgain, long picturesAsked, long repeated) {

    /** Nothing. */
    public static final Recovery NONE = new Recovery(0, 0, 0);
  }
}
