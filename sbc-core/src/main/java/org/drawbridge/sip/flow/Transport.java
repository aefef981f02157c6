package org.drawbridge.sip.flow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The transports SIP runs over here (RFC 3261 section 18, RFC 7118). */
public enum Transport {
  /** Datagrams; the only unreliable one. */
  UDP,
  /** A plain stream. */
  TCP,
  /** A stream over TLS. */
  TLS,
  /** WebSocket without TLS. */
  WS,
  /** WebSocket over TLS. */
  WSS;

  /** The transport a Via header names, or null if it is none of ours. */
  public static @Nullable Transport fromVia(String token) {
    for (Transport transport : values()) {
      if (transport.name().equalsIgnoreCase(token)) {
        return transport;
      }
    }
    return null;
  }

  /** Whether delivery is the transport's own business, so that transactions do not retransmit. */
  public boolean isReliable() {
    return this != UDP;
  }

  /** Whether bytes are encrypted on the way. */
  public boolean isSecure() {
    return this == TLS || this == WSS;
  }

  /** Whether messages come in WebSocket frames. */
  public boolean isWebSocket() {
    return this == WS || this == WSS;
  }

  /** The {@code transport} URI parameter: RFC 7118 has {@code ws} for both WebSocket transports. */
  public String uriParameter() {
    return isWebSocket() ? "ws" : name().toLowerCase(Locale.ROOT);
  }

  /** The port used when a URI names none (RFC 3261 19.1.2, RFC 7118). */
  public int defaultPort() {
    return switch (this) {
      case UDP, TCP -> 5060;
      case TLS -> 5061;
      case WS -> 80;
      case WSS -> 443;
    };
  }
}
