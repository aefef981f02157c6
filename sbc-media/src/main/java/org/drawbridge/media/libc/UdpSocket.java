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
  private static final int SO_REUSEPORT = 15;
  private static final int IPPROTO_IP = 0;
  private static final int IP_TOS = 1;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_TCLASS = 67;

  private final int fd;
  private final int family;
  private final int port;
  private final Traits traits;

  private UdpSocket(int fd, int family, int port, Traits traits) {
    this.fd = fd;
    this.family = family;
    this.port = port;
    this.traits = traits;
  }

  /** What a socket was bound with. */
  private record Traits(InetAddress address, int bufferBytes, int trafficClass) {}

  /**
   * Binds a socket. One of IPv6 takes IPv4 too, as mapped addresses.
   *
   * @param port 0 for any free port
   * @param bufferBytes kernel buffer of each direction; the kernel may grant less
   * @param trafficClass DSCP in the upper six bits
   */
  public static UdpSocket bind(InetAddress address, int port, int bufferBytes, int trafficClass)
      throws IOException {
    Traits traits = new Traits(address, bufferBytes, trafficClass);
    int family = address instanceof Inet4Address ? SocketAddress.IPV4 : SocketAddress.IPV6;
    int fd = open(family, traits);
    try {
      return new UdpSocket(fd, family, bind(fd, family, traits, port), traits);
    } catch (IOException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static int open(int family, Traits traits) throws IOException {
    int fd = Libc.socket(family, DATAGRAM_NON_BLOCKING_CLOEXEC);
    try {
      Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, traits.bufferBytes);
      Libc.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, traits.bufferBytes);
      if (family == SocketAddress.IPV4) {
        Libc.setsockopt(fd, IPPROTO_IP, IP_TOS, traits.trafficClass);
      } else {
        Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, traits.trafficClass);
        Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
      }
      return fd;
    } catch (IOException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static int bind(int fd, int family, Traits traits, int port) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddress.SIZE, Long.BYTES);
      SocketAddress local = SocketAddress.of(new InetSocketAddress(traits.address, port));
      int length = SocketAddress.write(name, 0, family, local.high(), local.low(), local.port());
      Libc.bind(fd, name, length);
      Libc.getsockname(fd, name, arena.allocateFrom(Libc.INT, SocketAddress.SIZE));
      return SocketAddress.port(name, 0);
    }
  }

  /**
   * A second socket on this port, connected to a peer: the kernel gives it what that peer sends,
   * this one all else, and sends to the peer without looking for a route each time. What came
   * between its binding and its connecting may be from anybody, so its sources must be looked at
   * too. The port stays closed to other programs: only sockets that ask for sharing, as no {@link
   * #bind} does, could join it.
   */
  public UdpSocket twin(SocketAddress peer) throws IOException {
    Libc.setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    int other = open(family, traits);
    try (Arena arena = Arena.ofConfined()) {
      Libc.setsockopt(other, SOL_SOCKET, SO_REUSEPORT, 1);
      bind(other, family, traits, port);
      MemorySegment name = arena.allocate(SocketAddress.SIZE, Long.BYTES);
      int length = SocketAddress.write(name, 0, family, peer.high(), peer.low(), peer.port());
      Libc.connect(other, name, length);
      return new UdpSocket(other, family, port, traits);
    } catch (IOException e) {
      Libc.close(other);
      throw e;
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
