package org.drawbridge.support;

/** How a phone reaches the SBC. */
public enum PhoneTransport {
  UDP,
  TCP,
  TLS;

  /** As it stands in a SIP URI. */
  public String token() {
    return switch (this) {
      case UDP -> "udp";
      case TCP -> "tcp";
      case TLS -> "tls";
    };
  }
}
