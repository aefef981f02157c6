package org.drawbridge.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The address by which one TCP connection of a peer (RFC 6544) is known: of the discard-only block
 * (RFC 6666), so that no datagram ever comes from there, and never used again. So a peer's TCP and
 * UDP paths are told apart wherever addresses are compared, even behind a NAT that gives both the
 * same port. Immutable.
 */
public class StreamAddress extends InetSocketAddress {

  private static final long serialVersionUID = 1;
  private static final long BLOCK = 0x0100_0000_0000_0000L;
  private static final long TCP = 0x7463_7000_0000_0000L;

  private final transient InetSocketAddress remote;

  /**
   * Names a connection.
   *
   * @param number of the connection, unique in this process
   * @param remote where the connection comes from
   */
  public StreamAddress(long number, InetSocketAddress remote) {
    super(address(number), 9);
    this.remote = remote;
  }

  private static InetAddress address(long number) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(BLOCK).putLong(TCP | number).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }

  /** Where the peer is: what it is told as its mapped address, and what a log names. */
  public static InetSocketAddress peerOf(InetSocketAddress address) {
    return address instanceof StreamAddress stream ? stream.remote : address;
  }

  @Override
  public String toString() {
    return "TCP " + remote;
  }
}
