package org.drawbridge.sip.transport;

import java.time.Duration;
import org.drawbridge.sip.codec.ParseLimits;

/**
 * What a peer may cost us.
 *
 * @param messages sizes of SIP messages, on every transport
 * @param connections open connections, accepted and made, of all listeners together
 * @param connectionsPerPeer open accepted connections from one IPv4 address or one IPv6 /64
 * @param sendBuffer bytes that wait for a peer that does not read, before its connection is closed
 * @param receiveBuffer bytes the kernel keeps for each UDP socket; the kernel may allow less
 * @param times how long things may take
 */
public record TransportLimits(
    ParseLimits messages,
    int connections,
    int connectionsPerPeer,
    int sendBuffer,
    int receiveBuffer,
    Times times) {

  /** For a machine of a few cores: 10,000 connections, 500 a peer. */
  public static final TransportLimits DEFAULT =
      new TransportLimits(
          ParseLimits.DEFAULT, 10_000, 500, 512 * 1024, 8 * 1024 * 1024, Times.DEFAULT);

  /**
   * How long things may take.
   *
   * @param connect until a connection that we open is there, TLS included; name resolution may take
   *     as long again
   * @param handshake until an accepted connection has finished TLS
   * @param message until an accepted stream has brought its first message, and until a message that
   *     has begun is whole; for HTTP, until a request is
   * @param ping between WebSocket pings
   * @param unansweredPings how many of those may go by with nothing read before the peer counts as
   *     lost
   * @param streamPing between CRLF pings on TCP and TLS connections that we opened
   * @param pong how long the answer to such a ping may take, where the peer has answered one before
   */
  public record Times(
      Duration connect,
      Duration handshake,
      Duration message,
      Duration ping,
      int unansweredPings,
      Duration streamPing,
      Duration pong) {

    /**
     * 5 s to connect, 10 s for TLS, 30 s for a message, pings every 25 s of which three may be
     * missed; CRLF pings every 30 s, 10 s for the answer (RFC 5626 section 4.4.1).
     */
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(25),
            3,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));
  }
}
