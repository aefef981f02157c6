package org.drawbridge.sip.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A bound UDP address, from which all flows over it are made: one socket, or one for each loop, so
 * that a loop sends over its own. Thread-safe.
 */
final class UdpSocket {
  private static final Logger LOG = LogManager.getLogger(UdpSocket.class);

  /** A power of two. */
  private static final int RECENT = 1024;

  private final Edge edge;
  private volatile ListenerSettings settings;
  private volatile @Nullable UdpDrain drain;
  private final Channel[] channels;
  private final InetSocketAddress bound;

  /** The bound address as we show it where it is the same for all peers; null where it is not. */
  private final @Nullable String fixed;

  /** Flows to peers heard of lately, each where its address's hash says; threads may overwrite. */
  private final @Nullable UdpFlow[] recent = new @Nullable UdpFlow[RECENT];

  /** One for all, so that a datagram costs no listener of its own. */
  private final GenericFutureListener<Future<? super Void>> failures = this::onWritten;

  /**
   * @param channels one, or one for each loop by its index
   */
  UdpSocket(Edge edge, ListenerSettings settings, List<Channel> channels) {
    this.edge = edge;
    this.settings = settings;
    this.channels = channels.toArray(new Channel[0]);
    this.bound = (InetSocketAddress) channels.getFirst().localAddress();
    this.fixed = bound.getAddress().isAnyLocalAddress() ? null : Addresses.hostPort(bound);
  }

  ListenerSettings settings() {
    return settings;
  }

  /** Takes part in new calls, from now on or again, as these settings say. */
  void serve(ListenerSettings changed) {
    settings = changed;
    UdpDrain ended = drain;
    drain = null;
    if (ended != null) {
      ended.cancel();
    }
  }

  /**
   * Serves nothing new from now on.
   *
   * @param whenIdle called once when nothing has come for what there was, on a loop
   */
  void drain(Runnable whenIdle) {
    drain = new UdpDrain(channels[0].eventLoop(), whenIdle);
  }

  /** What the clock asks of it while it drains: whether anything has come lately. */
  void lookForCalls() {
    UdpDrain draining = drain;
    if (draining != null) {
      draining.look();
    }
  }

  boolean isDraining() {
    return drain != null;
  }

  /** Whether a message is still served here. */
  boolean takes(SipMessage message) {
    UdpDrain draining = drain;
    return draining == null || draining.takes(message);
  }

  /** The flow between this socket and a peer. */
  UdpFlow flow(InetSocketAddress remote) {
    int hash = remote.hashCode();
    int slot = (hash ^ hash >>> 16) & (RECENT - 1);
    UdpFlow known = recent[slot];
    if (known == null || !known.remote().equals(remote)) {
      known = new UdpFlow(this, remote);
      recent[slot] = known;
    }
    return known;
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
    ListenerSettings now = settings;
    if (fixed != null && now.advertised() == null) {
      return fixed;
    }
    boolean isAdvertised = now.isAdvertisedTo(remote.getAddress());
    return now.sentBy(remote.getAddress(), isAdvertised ? bound : local(remote));
  }

  /**
   * Sends one datagram, or drops it when the socket is choked or the kernel refuses, as the network
   * might.
   */
  void send(byte[] message, InetSocketAddress remote) {
    Channel channel = channel();
    if (!channel.isWritable()) {
      edge.counters().count(Transport.UDP, Kind.NOT_READING);
      return;
    }
    edge.counters().count(Transport.UDP, Kind.MESSAGES_OUT);
    edge.counters().add(Transport.UDP, Kind.BYTES_OUT, message.length);
    write(channel, message, remote);
  }

  /** Sends bytes that are no message, such as the answer to a keep-alive. */
  void write(byte[] bytes, InetSocketAddress remote) {
    write(channel(), bytes, remote);
  }

  private void write(Channel channel, byte[] bytes, InetSocketAddress remote) {
    channel.write(new DatagramPacket(Unpooled.wrappedBuffer(bytes), remote)).addListener(failures);
    SocketLoop.flush(channel);
  }

  /** That of the loop we are on, so that nothing changes threads. */
  private Channel channel() {
    int here = SocketLoop.here();
    return channels[here >= 0 && here < channels.length ? here : 0];
  }

  private void onWritten(Future<? super Void> written) {
    if (!written.isSuccess()) {
      edge.counters().count(Transport.UDP, Kind.SEND_FAILED);
      LOG.debug("Could not send from {}: {}", bound, written.cause().getMessage());
    }
  }
}
