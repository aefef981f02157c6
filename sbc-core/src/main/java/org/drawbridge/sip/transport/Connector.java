package org.drawbridge.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.OutgoingContexts;
import org.drawbridge.sip.transport.tls.TlsContexts;
import org.jspecify.annotations.Nullable;

/** Opens one TCP or TLS connection. Thread-safe. */
final class Connector {
  private final NettyBackend backend;
  private final EventLoopGroup group;
  private final Edge edge;
  private final ConnectionCaps caps;
  private final Supplier<OutgoingContexts> tls;
  private final Supplier<List<BoundListener>> listeners;

  Connector(
      NettyBackend backend,
      EventLoopGroup group,
      Edge edge,
      ConnectionCaps caps,
      Supplier<OutgoingContexts> tls,
      Supplier<List<BoundListener>> listeners) {
    this.backend = backend;
    this.group = group;
    this.edge = edge;
    this.caps = caps;
    this.tls = tls;
    this.listeners = listeners;
  }

  /**
   * Connects to a target, from the address of the listener that peers see.
   *
   * @return the flow after the handshake if there is one, or failed
   */
  CompletableFuture<StreamFlow> connect(Target target) {
    CompletableFuture<StreamFlow> opened = new CompletableFuture<>();
    BoundListener from =
        BoundListener.reaching(listeners.get(), target.transport(), target.address().getAddress());
    InetSocketAddress local =
        from == null || from.address().getAddress().isAnyLocalAddress()
            ? null
            : new InetSocketAddress(from.address().getAddress(), 0);
    ChannelFuture connected = bootstrap(target, from, opened).connect(target.address(), local);
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            opened.completeExceptionally(done.cause());
          } else if (!target.transport().isSecure()) {
            open(connected.channel(), target.transport(), from, opened);
          }
        });
    return opened.whenComplete(
        (flow, failure) -> {
          if (failure != null) {
            edge.counters().count(target.transport(), Kind.CONNECT_FAILED);
          }
        });
  }

  private Bootstrap bootstrap(
      Target target, @Nullable BoundListener from, CompletableFuture<StreamFlow> opened) {
    int sendBuffer = edge.limits().sendBuffer();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channelFactory(backend.client())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(sendBuffer / 2, sendBuffer))
            .handler(new Initializer(target, from, opened));
    backend.probing().forEach(bootstrap::option);
    return bootstrap;
  }

  private int timeoutMillis() {
    return (int) edge.limits().times().connect().toMillis();
  }

  private void open(
      Channel channel,
      Transport transport,
      @Nullable BoundListener from,
      CompletableFuture<StreamFlow> opened) {
    StreamFlow flow = new StreamFlow(edge, transport, channel, sentBy(channel, from), from != null);
    channel.pipeline().addLast(new StreamHandler(flow, false));
    opened.complete(flow);
  }

  /**
   * Shows the peer where we listen, not the port this one connection has (RFC 3261 section 18.1.1).
   */
  private static String sentBy(Channel channel, @Nullable BoundListener from) {
    InetSocketAddress local = (InetSocketAddress) channel.localAddress();
    return from == null
        ? Addresses.hostPort(local)
        : from.settings()
            .sentBy(
                ((InetSocketAddress) channel.remoteAddress()).getAddress(),
                new InetSocketAddress(local.getAddress(), from.address().getPort()));
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    private final Target target;
    private final @Nullable BoundListener from;
    private final CompletableFuture<StreamFlow> opened;

    Initializer(Target target, @Nullable BoundListener from, CompletableFuture<StreamFlow> opened) {
      this.target = target;
      this.from = from;
      this.opened = opened;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (!caps.admitOutgoing(target.transport(), channel)) {
        opened.completeExceptionally(new IOException("too many connections are open"));
        channel.close();
      } else if (target.transport().isSecure()) {
        SslHandler handler =
            tls.get()
                .of(target.identity())
                .newHandler(
                    channel.alloc(),
                    target.name(),
                    target.address().getPort(),
                    TlsContexts.tasks(channel, Addresses.network(target.address().getAddress())));
        handler.setHandshakeTimeoutMillis(timeoutMillis());
        channel.pipeline().addLast(handler);
        channel
            .pipeline()
            .addLast(
                new TlsGate(
                    edge.counters(),
                    target.transport(),
                    this::speak,
                    opened::completeExceptionally));
      }
    }

    private void speak(ChannelPipeline pipeline) {
      open(pipeline.channel(), target.transport(), from, opened);
    }
  }
}
