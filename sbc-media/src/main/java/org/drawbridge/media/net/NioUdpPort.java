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

/** A UDP socket read by a {@link NioLoop}. */
final class NioUdpPort implements UdpPort {

  private static final Logger LOG = LogManager.getLogger(NioUdpPort.class);

  private final DatagramChannel channel;
  private final int port;
  private final ByteBuffer outgoing =
      ByteBuffer.allocateDirect(MediaLoop.MAX_DATAGRAM + MediaLoop.TAIL_ROOM);

  private NioUdpPort(DatagramChannel channel) throws IOException {
    this.channel = channel;
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  static NioUdpPort bind(InetAddress address, int port, PortUse use) throws IOException {
    boolean ipv4 = address instanceof Inet4Address;
    DatagramChannel channel =
        DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, use.bufferBytes());
      channel.setOption(StandardSocketOptions.SO_SNDBUF, use.bufferBytes());
      channel.setOption(StandardSocketOptions.IP_TOS, DSCP_EF);
      channel.bind(new InetSocketAddress(address, port));
      return new NioUdpPort(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int port() {
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
