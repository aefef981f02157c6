package org.drawbridge.sip.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.drawbridge.sip.flow.IpLiteral;
import org.jspecify.annotations.Nullable;

/** Addresses as text and back, without DNS. */
final class Addresses {
  private static final int SITE_PREFIX_BYTES = 8;
  private static final int NETWORK_PREFIX_BYTES = 6;

  private Addresses() {}

  /** {@code host:port} as SIP writes it, IPv6 in brackets and without a zone. */
  static String hostPort(InetSocketAddress address) {
    return host(address.getAddress()) + ':' + address.getPort();
  }

  /** As SIP writes a host: IPv6 in brackets and without a zone. */
  static String host(InetAddress address) {
    String text = address.getHostAddress();
    if (address instanceof Inet4Address) {
      return text;
    }
    int zone = text.indexOf('%');
    return '[' + (zone < 0 ? text : text.substring(0, zone)) + ']';
  }

  /** Reads what {@link #hostPort} wrote; null if it is something else. */
  static @Nullable InetSocketAddress parse(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    if (colon < 1) {
      return null;
    }
    InetAddress address = IpLiteral.parse(hostPort.substring(0, colon));
    int port = port(hostPort.substring(colon + 1));
    return address == null || port < 0 ? null : new InetSocketAddress(address, port);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Whether a socket bound to an address can send to another: same family (an IPv6 wildcard takes
   * both), and neither end of them alone on the loopback interface.
   */
  static boolean reaches(InetAddress bound, InetAddress remote) {
    boolean sameFamily = bound instanceof Inet4Address == remote instanceof Inet4Address;
    if (bound.isAnyLocalAddress()) {
      return sameFamily || bound instanceof Inet6Address;
    }
    return sameFamily && bound.isLoopbackAddress() == remote.isLoopbackAddress();
  }

  /** Whose share of connections an address counts toward: itself, or its /64 for IPv6. */
  static InetAddress site(InetAddress address) {
    return prefix(address, SITE_PREFIX_BYTES);
  }

  /**
   * Whom an address may belong to together with its neighbours: itself, or its /48 for IPv6, which
   * is the most that one customer is given (RFC 6177).
   */
  static InetAddress network(InetAddress address) {
    return prefix(address, NETWORK_PREFIX_BYTES);
  }

  private static InetAddress prefix(InetAddress address, int length) {
    if (address instanceof Inet4Address) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, length, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
