package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/** The bound sockets of all listeners. Thread-safe: not changed once bound. */
final class Sockets {
  private static final Logger LOG = LogManager.getLogger(Sockets.class);

  private final List<BoundListener> listeners = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Map<InetSocketAddress, UdpSocket> datagrams = new HashMap<>();

  private Sockets() {}

  /** Binds all, or none and throws. */
  static Sockets bind(List<ListenerSettings> all, Binder binder, Edge edge) throws ListenException {
    Sockets sockets = new Sockets();
    try {
      for (ListenerSettings settings : all) {
        sockets.add(settings, binder.bind(settings), edge);
      }
      return sockets;
    } catch (ListenException e) {
      sockets.close();
      throw e;
    }
  }

  private void add(ListenerSettings settings, List<Channel> bound, Edge edge) {
    InetSocketAddress address = (InetSocketAddress) bound.getFirst().localAddress();
    channels.addAll(bound);
    listeners.add(new BoundListener(settings, address));
    if (settings.transport() == Transport.UDP) {
      UdpSocket socket = new UdpSocket(edge, settings, bound);
      bound.forEach(channel -> channel.pipeline().addLast(new UdpHandler(edge, socket)));
      datagrams.put(address, socket);
    }
  }

  /** From here on, what arrives is read. */
  void read() {
    channels.forEach(channel -> channel.config().setAutoRead(true));
    for (BoundListener listener : listeners) {
      LOG.info(
          "Listening on {} {}",
          listener.settings().transport(),
          Addresses.hostPort(listener.address()));
    }
  }

  List<BoundListener> listeners() {
    return List.copyOf(listeners);
  }

  /** The UDP flow between one of our sockets and a peer, null if we have no such socket now. */
  @Nullable UdpFlow flow(InetSocketAddress bound, InetSocketAddress remote) {
    UdpSocket socket = datagrams.get(bound);
    return socket == null ? null : socket.flow(remote);
  }

  /** The first UDP socket from which a peer can be reached. */
  @Nullable UdpSocket datagramToward(InetAddress peer) {
    BoundListener listener = BoundListener.reaching(listeners, Transport.UDP, peer);
    return listener == null ? null : datagrams.get(listener.address());
  }

  void close() {
    channels.forEach(channel -> channel.close().awaitUninterruptibly());
  }
}
