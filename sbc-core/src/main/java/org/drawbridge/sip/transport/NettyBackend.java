package org.drawbridge.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/**
 * Which of Netty's transports carries our sockets: native epoll where its library is there, NIO
 * elsewhere.
 */
enum NettyBackend {
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    ChannelFactory<Channel> datagram(InetAddress bind) {
      return () -> new EpollDatagramChannel(family(bind));
    }

    @Override
    ChannelFactory<ServerChannel> server(InetAddress bind) {
      return () -> new EpollServerSocketChannel(family(bind));
    }

    @Override
    ChannelFactory<Channel> client() {
      return EpollSocketChannel::new;
    }

    @Override
    Map<ChannelOption<Integer>, Integer> probing() {
      return Map.of(
          EpollChannelOption.TCP_KEEPIDLE, PROBE_AFTER_S,
          EpollChannelOption.TCP_KEEPINTVL, PROBE_EVERY_S,
          EpollChannelOption.TCP_KEEPCNT, PROBES);
    }

    @Override
    int datagramsAtOnce() {
      return 16;
    }

    @Override
    boolean sharesPorts() {
      return true;
    }

    @Override
    void tune(Bootstrap datagrams, int maxDatagram, boolean shared) {
      datagrams.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, maxDatagram);
      if (shared) {
        datagrams.option(UnixChannelOption.SO_REUSEPORT, true);
      }
    }
  },
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    ChannelFactory<Channel> datagram(InetAddress bind) {
      return () -> new NioDatagramChannel(family(bind));
    }

    @Override
    ChannelFactory<ServerChannel> server(InetAddress bind) {
      return () -> new NioServerSocketChannel(SelectorProvider.provider(), family(bind));
    }

    @Override
    ChannelFactory<Channel> client() {
      return NioSocketChannel::new;
    }

    @Override
    Map<ChannelOption<Integer>, Integer> probing() {
      return Map.of(
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), PROBE_AFTER_S,
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_EVERY_S,
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
    }

    @Override
    int datagramsAtOnce() {
      return 1;
    }

    @Override
    boolean sharesPorts() {
      return false;
    }

    @Override
    void tune(Bootstrap datagrams, int maxDatagram, boolean shared) {}
  };

  /**
   * A peer that is gone without a word is noticed after 60 s, where the kernel's own default is
   * over two hours.
   */
  private static final int PROBE_AFTER_S = 30;

  private static final int PROBE_EVERY_S = 10;
  private static final int PROBES = 3;

  /** The better one of those that work here. */
  static NettyBackend best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory handlers();

  abstract ChannelFactory<Channel> datagram(InetAddress bind);

  abstract ChannelFactory<ServerChannel> server(InetAddress bind);

  abstract ChannelFactory<Channel> client();

  /** Options of TCP keep-alive, which finds connections that are open on our side only. */
  abstract Map<ChannelOption<Integer>, Integer> probing();

  /** How many datagrams one system call can take in; the receive buffer has room for as many. */
  abstract int datagramsAtOnce();

  /** Whether several sockets can be bound to one UDP port, each with peers of its own. */
  abstract boolean sharesPorts();

  /**
   * Sets what only this transport has.
   *
   * @param maxDatagram the part of the receive buffer that each datagram gets, in bytes
   * @param shared whether others are bound to the same port
   */
  abstract void tune(Bootstrap datagrams, int maxDatagram, boolean shared);

  /** Named, since a socket of unstated family that binds 0.0.0.0 would take IPv6 too. */
  private static SocketProtocolFamily family(InetAddress bind) {
    return bind instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
  }
}
