package org.drawbridge.sip.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;

/** A bound UDP socket, from which all flows over it are made. Thread-safe. */
final class UdpSocket {
  private static final Logger LOG = LogManager.getLogger(UdpSocket.class);

  private final Edge edge;
  private final ListenerSettings settings;
  private final Channel channel;
  private final InetSocketAddress bound;

  UdpSocket(Edge edge, ListenerSettings settings, Channel channel) {
    this.edge = edge;
    this.settings = settings;
    this.channel = channel;
    this.bound = (InetSocketAddress) channel.localAddress();
  }

  /** The flow between this socket and a peer. */
  UdpFlow flow(InetSocketAddress remote) {
    return new UdpFlow(this, remote);
  }

  InetSocketAddress bound() {
    return bound;
  }

  InetSocketAddress local(InetSocketAddress remote) {
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(edge.sources().toward(remote.getAddress()), bound.getPort())
        : bound;
  }

  String sentBy(InetSocketAddress remote) {
    boolean isAdvertised = settings.isAdvertisedTo(remote.getAddress());
    return settings.sentBy(remote.getAddress(), isAdvertised ? bound : local(remote));
  }

  /**
   * Sends one datagram, or drops it when the socket is choked or the kernel refuses, as the network
   * might.
   */
  void send(byte[] message, InetSocketAddress remote) {
    if (!channel.isWritable()) {
      edge.counters().count(Transport.UDP, Kind.NOT_READING);
      return;
    }
    edge.counters().count(Transport.UDP, Kind.MESSAGES_OUT);
    edge.counters().add(Transport.UDP, Kind.BYTES_OUT, message.length);
    write(message, remote);
  }

  /** Sends bytes that are no message, such as the answer to a keep-alive. */
  void write(byte[] bytes, InetSocketAddress remote) {
    DatagramPacket packet = new DatagramPacket(Unpooled.wrappedBuffer(bytes), remote);
    channel
        .writeAndFlush(packet)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                edge.counters().count(Transport.UDP, Kind.SEND_FAILED);
                LOG.debug(
                    "Could not send {} bytes to {}: {}",
                    bytes.length,
                    remote,
                    written.cause().getMessage());
              }
            });
  }
}
