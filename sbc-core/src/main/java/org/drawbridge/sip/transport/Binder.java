package org.drawbridge.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.web.HttpResponder;
import org.jspecify.annotations.Nullable;

/** Opens the sockets of listeners. Used by one thread, at start. */
final class Binder {
  private static final int MAX_DATAGRAM = 65_536;
  private static final int BACKLOG = 1_024;

  /** Datagrams are small and soon gone: if this many bytes wait, the network card is stuck. */
  private static final int UDP_SEND_BUFFER = 4 * 1024 * 1024;

  /** The handler of a UDP socket needs its address, and so comes when it is bound. */
  private static final ChannelInitializer<Channel> NOTHING_YET =
      new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  private final NettyBackend backend;
  private final EventLoopGroup group;
  private final Edge edge;
  private final ConnectionCaps caps;
  private final HttpResponder pages;

  Binder(
      NettyBackend backend,
      EventLoopGroup group,
      Edge edge,
      ConnectionCaps caps,
      HttpResponder pages) {
    this.backend = backend;
    this.group = group;
    this.edge = edge;
    this.caps = caps;
    this.pages = pages;
  }

  /**
   * Binds one listener.
   *
   * @return its socket, which reads nothing until it is told to
   * @throws ListenException if the address is taken or not ours, or the certificate is no good
   */
  Channel bind(ListenerSettings settings) throws ListenException {
    ChannelFuture bound =
        settings.transport() == Transport.UDP ? bindDatagram(settings) : bindStream(settings);
    bound.awaitUninterruptibly();
    Throwable failure = bound.cause();
    if (failure != null) {
      throw new ListenException(settings, String.valueOf(failure.getMessage()), failure);
    }
    return bound.channel();
  }

  private ChannelFuture bindDatagram(ListenerSettings settings) {
    return new Bootstrap()
        .group(group)
        .channelFactory(backend.datagram(settings.bind().getAddress()))
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.SO_RCVBUF, edge.limits().receiveBuffer())
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(UDP_SEND_BUFFER))
        .handler(NOTHING_YET)
        .bind(settings.bind());
  }

  private ChannelFuture bindStream(ListenerSettings settings) throws ListenException {
    SslContext tls = tls(settings);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(backend.server(settings.bind().getAddress()))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(edge.limits().sendBuffer()))
            .childHandler(new ConnectionInitializer(edge, caps, settings, pages, tls));
    backend.probing().forEach(bootstrap::childOption);
    return bootstrap.bind(settings.bind());
  }

  private static @Nullable SslContext tls(ListenerSettings settings) throws ListenException {
    TlsFiles files = settings.tls();
    if (!settings.transport().isSecure() || files == null) {
      return null;
    }
    try {
      return TlsContexts.server(files);
    } catch (IOException e) {
      throw new ListenException(settings, String.valueOf(e.getMessage()), e);
    }
  }

  private static WriteBufferWaterMark waterMark(int high) {
    return new WriteBufferWaterMark(high / 2, high);
  }
}
