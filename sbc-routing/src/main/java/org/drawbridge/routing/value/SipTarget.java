package org.drawbridge.routing.value;

import org.jspecify.annotations.Nullable;

/**
 * Where to send a request outside: the host part of a SIP URI (RFC 3261 section 19.1).
 *
 * @param host name or numeric address, IPv6 without brackets
 * @param port 1 to 65535, or 0 where the URI names none
 * @param transport null where the URI names none: RFC 3263 section 4.1 then chooses
 * @param secure whether the scheme is {@code sips}
 */
public record SipTarget(String host, int port, @Nullable Transport transport, boolean secure) {

  /** The transport, UDP (or TLS for {@code sips}) where the URI names none. */
  public Transport transportOrDefault() {
    if (transport != null) {
      return transport;
    }
    return secure ? Transport.TLS : Transport.UDP;
  }

  /** The port, or the RFC 3261 section 19.1.2 default of the transport. */
  public int portOrDefault() {
    if (port != 0) {
      return port;
    }
    return switch (transportOrDefault()) {
      case UDP, TCP -> 5060;
      case TLS -> 5061;
      case WS -> 80;
      case WSS -> 443;
    };
  }

  @Override
  public String toString() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (secure ? "sips:" : "sip:")
        + name
        + (port == 0 ? "" : ":" + port)
        + (transport == null ? "" : ";transport=" + transport.token());
  }
}
