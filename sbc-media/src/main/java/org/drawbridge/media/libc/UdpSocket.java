package org.drawbridge.media.libc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A bound, non-blocking UDP socket. Made and closed by any thread, used by one. */
public final class UdpSocket implements AutoCloseable {

  private static final int DATAGRAM_NON_BLOCKING_CLOEXEC = 2 | 0x800 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int IPPROTO_IP = 0;
  private static final int IP_TOS = 1;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_TCLASS = 67;

  private final int fd;
  private final int family;
  private final int port;

  private UdpSocket(int fd, int family, int port) {
    this.fd = fd;
    this.family = family;
    this.port = port;
  }

  /**
   * Binds a socket. One of IPv6 takes IPv4 too, as mapped addresses.
   *
   * @param port 0 for any free port
   * @param bufferBytes kernel buffer of each direction; the kernel may grant less
   * @param trafficClass DSCP in the upper six bits
   */
  public static UdpSocket bind(InetAddress address, int port, int bufferBytes, int trafficClass)
      throws IOException {
    int family = address instanceof Inet4Address ? SocketAddress.IPV4 : SocketAddress.IPV6;
    int fd = Libc.socket(family, DATAGRAM_NON_BLOCKING_CLOEXEC);
    try {
      Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, bufferBytes);
      Libc.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, bufferBytes);
      if (family == SocketAddress.IPV4) {
        Libc.setsockopt(fd, IPPROTO_IP, IP_TOS, trafficClass);
      } else {
        Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, trafficClass);
        Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
      }
      return new UdpSocket(fd, family, bind(fd, family, new InetSocketAddress(address, port)));
    } catch (IOException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static int bind(int fd, int family, InetSocketAddress address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddress.SIZE, Long.BYTES);
      SocketAddress local = SocketAddress.of(address);
      int length = SocketAddress.write(name, 0, family, local.high(), local.low(), local.port());
      Libc.bind(fd, name, length);
      Libc.getsockname(fd, name, arena.allocateFrom(Libc.INT, SocketAddress.SIZE));
      return SocketAddress.port(name, 0);
    }
  }

  /** The bound port number. */
  public int port() {
    return port;
  }

  /** The file descriptor, by which {@link Epoll} names the socket. */
  public int fd() {
    return fd;
  }

  int family() {
    return family;
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
