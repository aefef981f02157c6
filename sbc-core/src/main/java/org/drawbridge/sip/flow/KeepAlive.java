package org.drawbridge.sip.flow;

/**
 * How often keep-alives are wanted from those who reach us through a NAT (RFC 5626 section 4.4, RFC
 * 6223). CRLF pings on streams and STUN Binding requests over UDP are answered by the transports.
 */
public final class KeepAlive {

  /** The Flow-Timer of a stream, s: our end of an idle connection is kept far longer. */
  public static final int STREAM_SECONDS = 120;

  /** What NATs keep a UDP binding for at least, as RFC 5626 section 4.4.2 has it, s. */
  public static final int DATAGRAM_SECONDS = 29;

  private KeepAlive() {}

  /** The interval for a flow, s. */
  public static int seconds(Transport transport) {
    return transport.isReliable() ? STREAM_SECONDS : DATAGRAM_SECONDS;
  }
}
