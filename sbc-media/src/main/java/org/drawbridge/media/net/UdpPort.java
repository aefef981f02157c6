package org.drawbridge.media.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.relay.Wire;

/** One bound, non-blocking UDP socket. Made and closed by any thread, used by its media loop. */
final class UdpPort implements Wire, AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(UdpPort.class);

  /** Expedited forwarding (RFC 3246), as RFC 8837 recommends for interactive audio. */
  private static final int DSCP_EF = 46 << 2;

  private final DatagramChannel channel;
  private final int port;
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(MediaLoop.MAX_DATAGRAM + 64);

  private UdpPort(DatagramChannel channel) throws IOException {
    this.channel = channel;
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /**
   * Binds a socket.
   *
   * @param port 0 for any free port
   * @param bufferBytes kernel buffer of each direction; the kernel may grant less
   */
  static UdpPort bind(InetAddress address, int port, int bufferBytes) throws IOException {
    boolean ipv4 = address instanceof Inet4Address;
    DatagramChannel channel =
        DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
      channel.setOption(StandardSocketOptions.IP_TOS, DSCP_EF);
      channel.bind(new InetSocketAddress(address, port));
      return new UdpPort(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The bound port number. */
  int port() {
    return port;
  }

  DatagramChannel channel() {
    return channel;
  }

  @Override
  public void send(byte[] buf, int off, int len, InetSocketAddress to) {
    outgoing.clear().put(buf, off, len).flip();
    try {
      channel.send(outgoing, to);
    } catch (IOException | RuntimeException e) {
      // An unreachable or unresolved peer: to media it is a lost packet.
      LOG.trace("cannot send to {}: {}", to, e.toString());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing UDP port {}", port, e);
    }
  }
}
