package org.drawbridge.media.libc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An address and port as numbers, so that they can be compared and stored without an object: the 16
 * bytes of the IPv6 address in two longs, an IPv4 address mapped as RFC 4291 section 2.5.5.2 says.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 * @param port 0 to 65535
 */
public record SocketAddress(long high, long low, int port) {

  /** Bytes of the longest form, {@code sockaddr_in6}, rounded up to whole longs. */
  static final int SIZE = 32;

  static final int IPV4 = 2;
  static final int IPV6 = 10;
  private static final int IPV4_SIZE = 16;
  private static final int IPV6_SIZE = 28;
  private static final long MAPPED = 0xFFFF_0000_0000L;
  private static final long LOW_INT = 0xFFFF_FFFFL;

  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** The numbers of a resolved address. */
  public static SocketAddress of(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? new SocketAddress(0, MAPPED | buffer.getInt() & LOW_INT, address.getPort())
        : new SocketAddress(buffer.getLong(), buffer.getLong(), address.getPort());
  }

  /** The address these numbers stand for; a mapped one gives an IPv4 address. */
  public InetAddress inetAddress() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  /** Writes a {@code sockaddr} for a socket of a family and returns its length. */
  static int write(MemorySegment to, long at, int family, long high, long low, int port) {
    to.set(JAVA_SHORT, at, (short) family);
    to.set(PORT, at + 2, (short) port);
    if (family == IPV4) {
      to.set(INT, at + 4, (int) low);
      return IPV4_SIZE;
    }
    to.set(JAVA_INT, at + 4, 0);
    to.set(LONG, at + 8, high);
    to.set(LONG, at + 16, low);
    to.set(JAVA_INT, at + 24, 0);
    return IPV6_SIZE;
  }

  static long high(MemorySegment from, long at) {
    return isIpv4(from, at) ? 0 : from.get(LONG, at + 8);
  }

  static long low(MemorySegment from, long at) {
    return isIpv4(from, at) ? MAPPED | from.get(INT, at + 4) & LOW_INT : from.get(LONG, at + 16);
  }

  static int port(MemorySegment from, long at) {
    return from.get(PORT, at + 2) & 0xFFFF;
  }

  private static boolean isIpv4(MemorySegment from, long at) {
    return from.get(JAVA_SHORT, at) == IPV4;
  }
}
