package org.drawbridge.routing.value;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291), IPv4 or IPv6.
 *
 * @param network the network's first address, host bits zero
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(InetAddress network, int prefixLength) {

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address; null for anything else.
   */
  public static @Nullable Cidr parse(String text) {
    Cidr around = around(text);
    int slash = text.indexOf('/');
    return around == null
            || slash < 0
            || around.network.equals(Addresses.literal(text.substring(0, slash)))
        ? around
        : null;
  }

  /** The same of an address that need not be the first of its network. */
  public static @Nullable Cidr around(String text) {
    int slash = text.indexOf('/');
    InetAddress address = Addresses.literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bits = address.getAddress().length * 8;
    int length = slash < 0 ? bits : Addresses.number(text.substring(slash + 1), bits);
    return length < 0 ? null : new Cidr(Addresses.masked(address, length), length);
  }

  /** Whether {@code address} lies in this network. An IPv4 address is never in an IPv6 network. */
  public boolean contains(InetAddress address) {
    return isV4() == address instanceof Inet4Address && masked(address).equals(network);
  }

  /** Whether {@code address} lies in one of these networks. */
  public static boolean anyContains(Collection<Cidr> networks, InetAddress address) {
    for (Cidr network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is an IPv4 network. */
  public boolean isV4() {
    return network instanceof Inet4Address;
  }

  private InetAddress masked(InetAddress address) {
    return Addresses.masked(address, prefixLength);
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixLength;
  }
}
