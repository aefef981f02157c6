package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.TlsPeer;
import org.jspecify.annotations.Nullable;

/**
 * A connection over TCP, TLS or WebSocket, whoever opened it. {@link Flow}'s methods are
 * thread-safe; the others are called by its handler on the channel's event loop.
 */
final class StreamFlow implements Flow {
  private static final Logger LOG = LogManager.getLogger(StreamFlow.class);
  private static final End PEER_LEFT = new End(CloseCause.PEER_CLOSED, "closed by the peer");
  private static final End GAVE_WAY = new End(CloseCause.LOST, "gave way to others");

  /** How long a connection that we close waits for its last bytes to leave. */
  private static final long FAREWELL_MS = 2_000;

  private final FlowId id;
  private final Edge edge;
  private final Transport transport;
  private final Channel channel;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private final String sentBy;
  private final Framing framing;
  private final boolean isOffered;
  private final List<String> peerNames;

  /** Why it ends, as the first who knew it said; empty as long as nobody wants it closed. */
  private final AtomicReference<@Nullable End> end = new AtomicReference<>();

  private record End(CloseCause cause, String reason) {}

  /** A connection that a peer opened. */
  StreamFlow(Edge edge, Transport transport, Channel channel, String sentBy) {
    this(edge, transport, channel, sentBy, false);
  }

  /**
   * A connection.
   *
   * @param isOffered whether we opened it and have a listener at {@code sentBy}: then the peer may
   *     use it for its requests to there
   */
  StreamFlow(Edge edge, Transport transport, Channel channel, String sentBy, boolean isOffered) {
    this.edge = edge;
    this.isOffered = isOffered;
    this.peerNames = TlsPeer.names(channel);
    this.transport = transport;
    this.channel = channel;
    this.local = (InetSocketAddress) channel.localAddress();
    this.remote = (InetSocketAddress) channel.remoteAddress();
    this.id = FlowId.ofStream(remote.getAddress());
    this.sentBy = sentBy;
    this.framing = transport.isWebSocket() ? Framing.WEB_SOCKET : Framing.STREAM;
  }

  @Override
  public FlowId id() {
    return id;
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public String sentBy() {
    return sentBy;
  }

  @Override
  public String viaParameters() {
    return isOffered ? ";alias" : "";
  }

  @Override
  public List<String> peerNames() {
    return peerNames;
  }

  @Override
  public boolean isOpen() {
    return end.get() == null && channel.isActive();
  }

  @Override
  public void keep() {
    ConnectionCaps.keep(channel);
  }

  @Override
  public void hold() {
    ConnectionCaps.hold(channel);
  }

  @Override
  public void letGo() {
    ConnectionCaps.letGo(channel);
  }

  @Override
  public void keep(Object owner) {
    ConnectionCaps.keep(channel, owner);
  }

  @Override
  public void send(byte[] message) {
    if (!isOpen()) {
      return;
    }
    write(framing.message(message));
    count(Kind.MESSAGES_OUT);
    edge.counters().add(transport, Kind.BYTES_OUT, message.length);
    ConnectionCaps.written(channel);
    if (!channel.isWritable()) {
      notReading();
    }
  }

  @Override
  public void close(String reason) {
    finish(CloseCause.CLOSED_HERE, WebSocketCloseStatus.NORMAL_CLOSURE, reason);
  }

  /** Closes after what is already on its way, and says so to a WebSocket peer. Any thread. */
  void finish(CloseCause cause, WebSocketCloseStatus status, String reason) {
    if (!end.compareAndSet(null, new End(cause, reason))) {
      return;
    }
    Object farewell = framing.farewell(status, reason);
    ChannelFuture last =
        channel.writeAndFlush(farewell == null ? framing.message(new byte[0]) : farewell);
    last.addListener(ChannelFutureListener.CLOSE);
    channel.eventLoop().schedule(() -> channel.close(), FAREWELL_MS, TimeUnit.MILLISECONDS);
  }

  /** Closes at once: there is nobody to hear a farewell. Any thread. */
  void lose(String reason) {
    end.compareAndSet(null, new End(CloseCause.LOST, reason));
    channel.close();
  }

  /** The connection is about to end: nothing more is sent or delivered. */
  void ends(CloseCause cause, String reason) {
    end.compareAndSet(null, new End(cause, reason));
  }

  /** Runs a task, on the channel's event loop, when the connection is gone. Any thread. */
  void onGone(Runnable task) {
    channel.closeFuture().addListener(closed -> task.run());
  }

  /** Enters the table: from here on messages and the end are reported. */
  void opened() {
    edge.flows().add(this);
    LOG.debug("{} {} open, flow {}", transport, remote, id);
  }

  /** The channel is gone. Called once. */
  void closed() {
    end.compareAndSet(null, ConnectionCaps.gaveWay(channel) ? GAVE_WAY : PEER_LEFT);
    End known = Objects.requireNonNull(end.get());
    edge.flows().remove(this);
    LOG.debug("{} {} {}: {}, flow {}", transport, remote, known.cause, known.reason, id);
    edge.sink().onClosed(this, known.cause, known.reason);
  }

  /**
   * Hands one parsed piece of input on. What comes after the end is ignored, and a fault of ours in
   * handling one message does not cost the peer its connection.
   */
  void deliver(ParseResult result) {
    Intake.whole(channel);
    if (end.get() != null) {
      return;
    }
    try {
      dispatch(result);
    } catch (RuntimeException e) {
      LOG.error("Fault while taking a message from {}", this, e);
    }
  }

  private void dispatch(ParseResult result) {
    switch (result) {
      case ParseResult.Parsed(SipMessage message) -> {
        count(Kind.MESSAGES_IN);
        edge.sink().onMessage(this, message);
      }
      case ParseResult.Malformed failure -> {
        count(Kind.MALFORMED);
        if (failure.reply() != null) {
          send(failure.reply().wire());
        }
        edge.sink().onMalformed(this, failure);
      }
      case ParseResult.KeepAlive() -> count(Kind.KEEP_ALIVES);
    }
  }

  /**
   * Writes something that is no message, such as a keep-alive, and closes if it cannot be written.
   */
  void write(Object frame) {
    channel
        .write(frame)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                count(Kind.SEND_FAILED);
                lose("cannot be written to: " + written.cause().getMessage());
              }
            });
    SocketLoop.flush(channel);
  }

  /** The peer's window and our buffer are full. Any thread. */
  void notReading() {
    if (end.compareAndSet(null, new End(CloseCause.LOST, "does not read what we send"))) {
      count(Kind.NOT_READING);
      channel.close();
    }
  }

  void count(Kind kind) {
    edge.counters().count(transport, kind);
  }

  Edge edge() {
    return edge;
  }

  @Override
  public String toString() {
    return transport + " " + Addresses.hostPort(remote);
  }
}
