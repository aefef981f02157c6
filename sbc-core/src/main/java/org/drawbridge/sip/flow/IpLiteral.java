package org.drawbridge.sip.flow;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Hosts that are addresses (RFC 3261 section 25.1: IPv4address, IPv6reference). Pure. */
public final class IpLiteral {

  private IpLiteral() {}

  /** The address an IP literal stands for, brackets or not; null if it is a name. */
  public static @Nullable InetAddress parse(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    try {
      if (bare.indexOf(':') >= 0) {
        return Inet6Address.ofLiteral(bare);
      }
      return isDottedQuad(bare) ? Inet4Address.ofLiteral(bare) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The JDK also takes one number, such as an extension, for an address. */
  private static boolean isDottedQuad(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }
}
