package org.drawbridge.routing.value;

import java.util.Locale;

/** A SIP transport by its RFC 3261 and RFC 7118 name. */
public enum Transport {
  UDP,
  TCP,
  TLS,
  WS,
  WSS;

  /** The lower-case token that stands in URIs and in the configuration. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a listener of this transport needs a certificate. */
  public boolean secure() {
    return this == TLS || this == WSS;
  }

  /** Whether SIP travels in WebSocket frames (RFC 7118). */
  public boolean webSocket() {
    return this == WS || this == WSS;
  }

  /** Whether the transport listens on a datagram socket; the others share the TCP port space. */
  public boolean datagram() {
    return this == UDP;
  }
}
