package org.drawbridge.sip.flow;

import java.net.InetAddress;

/**
 * Addresses that mean nothing on the internet: those of RFC 1918, RFC 3927, RFC 4193 and RFC 6598,
 * and those of one machine. Thread-safe.
 */
public final class PrivateAddress {

  private PrivateAddress() {}

  /** Whether this is one, or no address of a host at all. */
  public static boolean is(InetAddress address) {
    return address.isSiteLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || isUniqueOrShared(address.getAddress());
  }

  /** Unique local addresses, fc00::/7, and those that carriers' NATs share, 100.64.0.0/10. */
  private static boolean isUniqueOrShared(byte[] address) {
    return address.length == 16
        ? (address[0] & 0xfe) == 0xfc
        : address[0] == 100 && (address[1] & 0xc0) == 64;
  }

  /** Whether there must be a NAT between us and the peer of a flow, with us behind it. */
  public static boolean hidesUs(Flow flow) {
    return is(flow.local().getAddress()) && !is(flow.remote().getAddress());
  }
}
