package org.drawbridge.media.session;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Writes addresses as descriptions want them. */
final class Addresses {

  private Addresses() {}

  /** The address in digits, without an IPv6 zone, which means nothing to others. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** The address with its network and address type, such as {@code IN IP4 192.0.2.1}. */
  static String typed(InetAddress address) {
    return (address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + text(address);
  }
}
