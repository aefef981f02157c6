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
 */
public record LegStats(
    long packetsReceived,
    long packetsSent,
    long bytesReceived,
    long bytesSent,
    long packetsRefused,
    long packetsLost,
    double jitterMillis) {}
