package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.sip.flow.Transport;

/** The bound sockets of one line of {@code listeners:}. Thread-safe. */
sealed interface OpenListener {

  /** What was asked for, which with port 0 is not what it is bound to. */
  InetSocketAddress wanted();

  /** Its sockets; never empty. */
  List<Channel> channels();

  /** What it does now. */
  ListenerSettings settings();

  /** With the real port. */
  default BoundListener bound() {
    return new BoundListener(settings(), (InetSocketAddress) channels().getFirst().localAddress());
  }

  /** Whether the same socket could serve other settings too. */
  default boolean fits(ListenerSettings other) {
    return wanted().equals(other.bind())
        && (other.transport() == Transport.UDP) == (this instanceof Datagrams);
  }

  /** Begins to read. */
  default void read() {
    channels().forEach(channel -> channel.config().setAutoRead(true));
  }

  /** Closes its sockets; connections that it has accepted stay. */
  default void close() {
    channels().forEach(channel -> channel.close().awaitUninterruptibly());
  }

  /** UDP: one socket, or one for each loop. */
  record Datagrams(InetSocketAddress wanted, List<Channel> channels, UdpSocket socket)
      implements OpenListener {

    @Override
    public ListenerSettings settings() {
      return socket.settings();
    }
  }

  /** TCP and what is on top of it. */
  record Streams(InetSocketAddress wanted, Channel channel, ConnectionInitializer accepted)
      implements OpenListener {

    @Override
    public List<Channel> channels() {
      return List.of(channel);
    }

    @Override
    public ListenerSettings settings() {
      return accepted.service().settings();
    }
  }
}
