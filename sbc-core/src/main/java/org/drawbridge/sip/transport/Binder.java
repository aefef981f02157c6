package org.drawbridge.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.web.HttpResponder;

/** Opens the sockets of listeners. Used by one thread at a time, at start and in a reload. */
final class Binder {
  private static final int MAX_DATAGRAM = 65_536;

  /**
   * More than a loop's tasks a turn: when messages come faster than they can be served they have to
   * wait where their wait is seen, not in the kernel.
   */
  private static final int DATAGRAMS_A_TURN = 256;

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
  private final List<SocketLoop> loops;
  private final Edge edge;
  private final ConnectionCaps caps;
  private final HttpResponder pages;

  Binder(
      NettyBackend backend,
      EventLoopGroup group,
      List<SocketLoop> loops,
      Edge edge,
      ConnectionCaps caps,
      HttpResponder pages) {
    this.backend = backend;
    this.group = group;
    this.loops = loops;
    this.edge = edge;
    this.caps = caps;
    this.pages = pages;
  }

  /**
   * Binds one listener.
   *
   * @return the listener, which reads nothing until it is told to: for UDP one socket a loop, by
   *     the loop's index, where the system can share a port, and else one
   * @throws ListenException if the address is taken or not ours, or the certificate is no good
   */
  OpenListener bind(ListenerSettings settings) throws ListenException {
    if (settings.transport() == Transport.UDP) {
      List<Channel> channels = bindDatagrams(settings);
      UdpSocket socket = new UdpSocket(edge, settings, channels);
      channels.forEach(channel -> channel.pipeline().addLast(new UdpHandler(edge, socket)));
      return new OpenListener.Datagrams(settings.bind(), channels, socket);
    }
    ConnectionInitializer accepted =
        new ConnectionInitializer(edge, caps, pages, ListenerService.of(settings));
    Channel channel = bound(settings, bindStream(settings, accepted));
    return new OpenListener.Streams(settings.bind(), channel, accepted);
  }

  private static Channel bound(ListenerSettings settings, ChannelFuture future)
      throws ListenException {
    future.awaitUninterruptibly();
    Throwable failure = future.cause();
    if (failure != null) {
      throw new ListenException(settings, Faults.binding(failure), failure);
    }
    return future.channel();
  }

  /**
   * The kernel gives all datagrams of one peer to one of the sockets. A port shared in this way
   * could be shared with another process too, so it is first bound for us alone.
   */
  private List<Channel> bindDatagrams(ListenerSettings settings) throws ListenException {
    boolean shared = loops.size() > 1 && backend.sharesPorts();
    Channel alone =
        bound(settings, datagrams(settings, loops.getFirst(), false).bind(settings.bind()));
    if (!shared) {
      return List.of(alone);
    }
    SocketAddress address = alone.localAddress();
    alone.close().awaitUninterruptibly();
    List<Channel> sharing = new ArrayList<>();
    try {
      for (SocketLoop loop : loops) {
        sharing.add(bound(settings, datagrams(settings, loop, true).bind(address)));
      }
      return sharing;
    } catch (ListenException e) {
      sharing.forEach(Channel::close);
      throw e;
    }
  }

  private Bootstrap datagrams(ListenerSettings settings, SocketLoop loop, boolean shared) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.events())
            .channelFactory(backend.datagram(settings.bind().getAddress()))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.SO_RCVBUF, edge.limits().receiveBuffer())
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(backend.datagramsAtOnce() * MAX_DATAGRAM)
                    .maxMessagesPerRead(DATAGRAMS_A_TURN))
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(UDP_SEND_BUFFER))
            .handler(NOTHING_YET);
    backend.tune(bootstrap, MAX_DATAGRAM, shared);
    return bootstrap;
  }

  private ChannelFuture bindStream(ListenerSettings settings, ConnectionInitializer accepted) {
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
            .childHandler(accepted);
    backend.probing().forEach(bootstrap::childOption);
    return bootstrap.bind(settings.bind());
  }

  private static WriteBufferWaterMark waterMark(int high) {
    return new WriteBufferWaterMark(high / 2, high);
  }
}
