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

/**
 * The bound sockets of all listeners. Thread-safe: whoever asks sees all listeners of one moment;
 * changes are made by one thread at a time.
 */
final class Sockets {
  private static final Logger LOG = LogManager.getLogger(Sockets.class);

  /** Whether a change is under way that may keep what it has seen; guarded by this. */
  private boolean changing;

  /** What would have gone meanwhile; guarded by this. */
  private final List<OpenListener.Datagrams> idle = new ArrayList<>();

  private volatile Now now = new Now(List.of(), List.of(), Map.of());

  /**
   * One moment.
   *
   * @param open the listeners in the order of the settings
   * @param bound the same with their addresses
   * @param datagrams UDP sockets by their address, those among them that only end what they began
   */
  private record Now(
      List<OpenListener> open,
      List<BoundListener> bound,
      Map<InetSocketAddress, OpenListener.Datagrams> datagrams) {

    private static Now of(List<OpenListener> open, List<OpenListener.Datagrams> draining) {
      Map<InetSocketAddress, OpenListener.Datagrams> datagrams = new HashMap<>();
      draining.forEach(old -> datagrams.put(old.socket().bound(), old));
      for (OpenListener listener : open) {
        if (listener instanceof OpenListener.Datagrams udp) {
          datagrams.put(udp.socket().bound(), udp);
        }
      }
      return new Now(
          List.copyOf(open),
          open.stream().map(OpenListener::bound).toList(),
          Map.copyOf(datagrams));
    }

    /** Everything that a listener could go on with. */
    private List<OpenListener> all() {
      List<OpenListener> all = new ArrayList<>(open);
      datagrams.values().stream().filter(udp -> !open.contains(udp)).forEach(all::add);
      return all;
    }

    private List<OpenListener.Datagrams> draining() {
      return datagrams.values().stream().filter(udp -> udp.socket().isDraining()).toList();
    }
  }

  /**
   * Binds what is wanted and not there yet, and reads all certificates anew. Nothing of it shows
   * before it is put into force.
   *
   * @throws ListenException if something cannot be bound or read; then nothing is left of it
   */
  Change prepare(List<ListenerSettings> wanted, Binder binder) throws ListenException {
    Change change = new Change();
    List<OpenListener> left = beginChange();
    try {
      for (ListenerSettings settings : wanted) {
        OpenListener same =
            left.stream().filter(listener -> listener.fits(settings)).findFirst().orElse(null);
        if (same == null) {
          change.add(binder.bind(settings));
        } else {
          left.remove(same);
          change.keep(same, settings);
        }
      }
      return change;
    } catch (ListenException e) {
      change.discard();
      throw e;
    }
  }

  /** From now on nothing goes away by itself. */
  private synchronized List<OpenListener> beginChange() {
    changing = true;
    return now.all();
  }

  private synchronized void endChange() {
    changing = false;
    List.copyOf(idle).forEach(this::gone);
    idle.clear();
  }

  List<BoundListener> listeners() {
    return now.bound;
  }

  /** The UDP flow between one of our sockets and a peer, null if we have no such socket now. */
  @Nullable UdpFlow flow(InetSocketAddress bound, InetSocketAddress remote) {
    OpenListener.Datagrams listener = now.datagrams.get(bound);
    return listener == null ? null : listener.socket().flow(remote);
  }

  /** The first UDP socket from which a peer can be reached. */
  @Nullable UdpSocket datagramToward(InetAddress peer) {
    Now current = now;
    BoundListener listener = BoundListener.reaching(current.bound, Transport.UDP, peer);
    OpenListener.Datagrams udp =
        listener == null ? null : current.datagrams.get(listener.address());
    return udp == null ? null : udp.socket();
  }

  /** Closes all. */
  void close() {
    now.all().forEach(OpenListener::close);
  }

  private synchronized void replace(List<OpenListener> open) {
    List<OpenListener.Datagrams> draining = new ArrayList<>();
    for (OpenListener old : now.all()) {
      if (!open.contains(old)) {
        retire(old, draining);
      }
    }
    now = Now.of(open, draining);
  }

  /** Streams close: their connections go on by themselves. A UDP socket is all its peers have. */
  private void retire(OpenListener old, List<OpenListener.Datagrams> draining) {
    switch (old) {
      case OpenListener.Streams streams -> {
        streams.channel().close();
        LOG.info("No longer listening on {}", streams.settings().describe());
      }
      case OpenListener.Datagrams udp -> {
        draining.add(udp);
        if (!udp.socket().isDraining()) {
          LOG.info("No longer listening on {}, only for calls", udp.settings().describe());
          udp.socket().drain(() -> gone(udp));
        }
      }
    }
  }

  /** A listener that only ended what it began has nothing left to end. */
  private synchronized void gone(OpenListener.Datagrams udp) {
    if (changing) {
      idle.add(udp);
    } else if (udp.socket().isDraining()) {
      udp.channels().forEach(Channel::close);
      List<OpenListener.Datagrams> draining = new ArrayList<>(now.draining());
      draining.remove(udp);
      now = Now.of(now.open, draining);
      LOG.info("Closed {}: no call uses it any more", udp.settings().describe());
    }
  }

  /** New listeners that wait to be put into force. Used by one thread. */
  final class Change {
    private final List<OpenListener> open = new ArrayList<>();
    private final List<OpenListener> added = new ArrayList<>();
    private final List<Runnable> services = new ArrayList<>();

    private void add(OpenListener listener) {
      open.add(listener);
      added.add(listener);
    }

    private void keep(OpenListener listener, ListenerSettings settings) throws ListenException {
      open.add(listener);
      switch (listener) {
        case OpenListener.Datagrams udp -> services.add(() -> udp.socket().serve(settings));
        case OpenListener.Streams streams -> {
          ListenerService before = streams.accepted().service();
          ListenerService service = ListenerService.of(settings, before);
          services.add(() -> streams.accepted().serve(service));
          if (before.tls() != null && service.tls() != before.tls()) {
            services.add(() -> LOG.info("New certificate on {}", settings.describe()));
          }
        }
      }
    }

    /** Lets the new listeners read and those that nobody wants end. Nothing can go wrong here. */
    void commit() {
      services.forEach(Runnable::run);
      replace(open);
      for (OpenListener listener : added) {
        listener.read();
        BoundListener bound = listener.bound();
        LOG.info(
            "Listening on {} {}",
            bound.settings().transport(),
            Addresses.hostPort(bound.address()));
      }
      endChange();
    }

    /** Closes what was bound for it. */
    void discard() {
      added.forEach(OpenListener::close);
      endChange();
    }
  }
}
