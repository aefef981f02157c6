package org.drawbridge.support;

/**
 * Loopback ports of one SBC under test.
 *
 * @param sip UDP and TCP
 * @param tls SIP over TLS
 * @param ws WebSocket
 * @param wss WebSocket over TLS, and the web pages
 * @param webrtc first UDP port of all browsers' media
 * @param rtp first UDP port of phones' media, of as many as {@link #RTP_PORTS}
 */
public record SbcPorts(int sip, int tls, int ws, int wss, int webrtc, int rtp) {

  /** How many ports there are for RTP and RTCP together. */
  public static final int RTP_PORTS = 100;

  static final int WEBRTC_PORTS = 8;

  /** Takes ports that are free now. */
  public static SbcPorts free() {
    return new SbcPorts(
        FreePorts.one(),
        FreePorts.one(),
        FreePorts.one(),
        FreePorts.one(),
        FreePorts.block(WEBRTC_PORTS),
        FreePorts.block(RTP_PORTS));
  }

  /** The listener a phone of this transport uses. */
  public int of(PhoneTransport transport) {
    return switch (transport) {
      case UDP, TCP -> sip;
      case TLS -> tls;
    };
  }

  /** URL for a browser, over TLS. */
  public String wssUrl() {
    return "wss://localhost:" + wss + "/";
  }

  /** URL for a browser that speaks IPv6. */
  public String wssUrlOverIpv6() {
    return "wss://[::1]:" + wss + "/";
  }

  /** URL for a browser, in the clear. */
  public String wsUrl() {
    return "ws://localhost:" + ws + "/";
  }

  /** Address of the web phone. */
  public String webUrl() {
    return "https://localhost:" + wss + "/";
  }
}
