package org.drawbridge.media.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.ice.IceLiteAgent;
import org.drawbridge.media.ice.StreamAddress;
import org.drawbridge.media.relay.PacketKind;
import org.drawbridge.media.relay.RelayEnd;
import org.drawbridge.media.relay.WebRtcPeer;
import org.drawbridge.media.stun.BindingServer;
import org.drawbridge.media.stun.RequestLimiter;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * The one UDP port of all WebRTC transports of a media loop. STUN finds its transport by our user
 * name fragment; all else by the remote address, which only an authenticated check puts into the
 * table. To a binding request without credentials it is a STUN server (RFC 8489 12).
 */
final class SharedPort implements DatagramHandler {

  /** Transports of one loop; a call has at most a few. */
  private static final int MAX_TRANSPORTS = 16_384;

  private final IceWire wire;
  private final Map<String, Entry> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Entry> byAddress = new HashMap<>();
  private final StunView stun = new StunView();
  private final StunWriter reply = new StunWriter();
  private final MediaCounters counters;
  private final RequestLimiter strangers = new RequestLimiter(MediaLoop.now());

  SharedPort(UdpPort port, MediaCounters counters) {
    wire = new IceWire(port, counters);
    this.counters = counters;
  }

  UdpPort port() {
    return wire.udp();
  }

  /** By which peers are reached. */
  IceWire wire() {
    return wire;
  }

  /** One transport on the port, with the addresses that are its own. */
  final class Entry implements IcePlace {
    private final WebRtcPeer peer;
    private final Set<InetSocketAddress> addresses = new LinkedHashSet<>(2);
    private List<String> ufrags;

    Entry(WebRtcPeer peer) {
      this.peer = peer;
      ufrags = peer.localUfrags();
    }

    @Override
    public WebRtcPeer peer() {
      return peer;
    }

    @Override
    public RelayEnd end() {
      return peer;
    }

    @Override
    public void enter() {
      // Checks find it since it was added.
    }

    @Override
    public void renamed() {
      refresh(this);
    }

    @Override
    public void moved(InetAddress from) {
      // It is where its checks come from, wherever it signals from.
    }

    @Override
    public void leave() {
      remove(this);
    }
  }

  /**
   * Lets checks reach a new transport. Any thread.
   *
   * @return null when its fragment is taken or the port is full
   */
  @Nullable Entry add(WebRtcPeer peer) {
    Entry entry = new Entry(peer);
    boolean added =
        byUfrag.size() < MAX_TRANSPORTS
            && byUfrag.putIfAbsent(entry.ufrags.getFirst(), entry) == null;
    return added ? entry : null;
  }

  /** Follows an ICE restart: checks find a transport by the fragments it has now. On the loop. */
  private void refresh(Entry entry) {
    entry.ufrags.forEach(ufrag -> byUfrag.remove(ufrag, entry));
    entry.ufrags = entry.peer.localUfrags();
    entry.ufrags.forEach(ufrag -> byUfrag.put(ufrag, entry));
  }

  /** Forgets a transport. On the loop. */
  private void remove(Entry entry) {
    entry.ufrags.forEach(ufrag -> byUfrag.remove(ufrag, entry));
    for (InetSocketAddress address : entry.addresses) {
      byAddress.remove(address, entry);
      if (address instanceof TcpConnection.Address tcp) {
        tcp.connection().close();
      }
    }
    entry.addresses.clear();
  }

  /** A TCP connection has ended: its peer has to be reached elsewhere. On the loop. */
  void lost(TcpConnection.Address address) {
    Entry entry = byAddress.remove(address);
    if (entry != null) {
      entry.addresses.remove(address);
      entry.peer.onLost(address);
    }
  }

  @Override
  public void onDatagram(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    switch (PacketKind.of(buf[off])) {
      case STUN -> onStun(buf, off, len, from, nowNanos);
      case DTLS -> {
        Entry entry = byAddress.get(from);
        if (entry == null) {
          counters.count(Kind.REFUSED_SOURCE);
        } else {
          entry.peer.onDtls(buf, off, len, from, nowNanos);
        }
      }
      case MEDIA -> {
        Entry entry = byAddress.get(from);
        if (entry == null) {
          counters.count(Kind.REFUSED_SOURCE);
        } else {
          entry.peer.onMedia(buf, off, len, from, nowNanos);
        }
      }
      case ZRTP, OTHER -> counters.count(Kind.REFUSED_FORM);
    }
  }

  private void onStun(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (!stun.wrap(buf, off, len) || stun.type() != Stun.BINDING_REQUEST) {
      return;
    }
    String username = stun.username();
    Entry entry = username == null ? null : find(username);
    if (entry == null) {
      answerStranger(from, nowNanos);
    } else if (entry.peer.onStun(stun, from, nowNanos, reply)) {
      learn(from, entry);
    }
  }

  /** A request of no transport: from a client that asks for its address, or under a wrong name. */
  private void answerStranger(InetSocketAddress from, long nowNanos) {
    InetSocketAddress peer = StreamAddress.peerOf(from);
    if (!strangers.allows(peer.getAddress(), nowNanos)) {
      counters.count(Kind.STUN_LIMITED);
      return;
    }
    boolean plain = !stun.has(Stun.USERNAME) && !stun.has(Stun.MESSAGE_INTEGRITY);
    counters.count(plain ? Kind.STUN_ANSWERED : Kind.STUN_DENIED);
    if (plain) {
      BindingServer.answer(stun, peer, reply);
    } else {
      boolean anonymous = !stun.has(Stun.USERNAME) || !stun.has(Stun.MESSAGE_INTEGRITY);
      IceLiteAgent.answerError(
          stun, reply, anonymous ? 400 : 401, anonymous ? "Bad Request" : "Unauthorized");
    }
    wire.send(reply.buffer(), 0, reply.length(), from);
  }

  private @Nullable Entry find(String username) {
    int colon = username.indexOf(':');
    return colon < 0 ? null : byUfrag.get(username.substring(0, colon));
  }

  /** The agent bounds the addresses, and keeps the one where the peer is. */
  private void learn(InetSocketAddress from, Entry entry) {
    if (byAddress.put(from, entry) == entry) {
      return;
    }
    if (from instanceof TcpConnection.Address tcp) {
      tcp.connection().authenticated();
    }
    entry.addresses.add(from);
    IceLiteAgent ice = entry.peer.ice();
    List<InetSocketAddress> left =
        entry.addresses.stream().filter(address -> !ice.isValid(address)).toList();
    left.forEach(address -> byAddress.remove(address, entry));
    left.forEach(entry.addresses::remove);
  }
}
