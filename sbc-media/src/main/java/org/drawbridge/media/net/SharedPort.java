package org.drawbridge.media.net;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.media.ice.IceLiteAgent;
import org.drawbridge.media.relay.PacketKind;
import org.drawbridge.media.relay.WebRtcPeer;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * The one UDP port of all WebRTC transports of a media loop. STUN finds its transport by our user
 * name fragment; all else by the remote address, which only an authenticated check puts into the
 * table.
 */
final class SharedPort implements DatagramHandler {

  /** Transports of one loop; a call has at most a few. */
  private static final int MAX_TRANSPORTS = 16_384;

  private static final int MAX_ADDRESSES = 16;

  private final UdpPort port;
  private final Map<String, Entry> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Entry> byAddress = new HashMap<>();
  private final StunView stun = new StunView();
  private final StunWriter reply = new StunWriter();

  SharedPort(UdpPort port) {
    this.port = port;
  }

  UdpPort port() {
    return port;
  }

  /** One transport on the port, with the addresses that are its own. */
  static final class Entry {
    private final WebRtcPeer peer;
    private final ArrayDeque<InetSocketAddress> addresses = new ArrayDeque<>();

    Entry(WebRtcPeer peer) {
      this.peer = peer;
    }

    WebRtcPeer peer() {
      return peer;
    }
  }

  /**
   * Lets checks for a user name fragment reach a transport. Any thread.
   *
   * @return false when the fragment is taken or the port is full
   */
  boolean add(String ufrag, Entry entry) {
    return byUfrag.size() < MAX_TRANSPORTS && byUfrag.putIfAbsent(ufrag, entry) == null;
  }

  /** Forgets a fragment. Any thread. */
  void remove(String ufrag) {
    byUfrag.remove(ufrag);
  }

  /** Forgets a transport's addresses. On the loop. */
  void forget(Entry entry) {
    entry.addresses.forEach(address -> byAddress.remove(address, entry));
    entry.addresses.clear();
  }

  @Override
  public void onDatagram(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    switch (PacketKind.of(buf[off])) {
      case STUN -> onStun(buf, off, len, from, nowNanos);
      case DTLS -> {
        Entry entry = byAddress.get(from);
        if (entry != null) {
          entry.peer.onDtls(buf, off, len, from, nowNanos);
        }
      }
      case MEDIA -> {
        Entry entry = byAddress.get(from);
        if (entry != null) {
          entry.peer.onMedia(buf, off, len, from, nowNanos);
        }
      }
      case OTHER -> {}
    }
  }

  private void onStun(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (!stun.wrap(buf, off, len) || stun.type() != Stun.BINDING_REQUEST) {
      return;
    }
    String username = stun.username();
    Entry entry = username == null ? null : find(username);
    if (entry == null) {
      boolean anonymous = username == null || !stun.has(Stun.MESSAGE_INTEGRITY);
      IceLiteAgent.answerError(
          stun, reply, anonymous ? 400 : 401, anonymous ? "Bad Request" : "Unauthorized");
      port.send(reply.buffer(), 0, reply.length(), from);
    } else if (entry.peer.onStun(stun, from, nowNanos, reply)) {
      learn(from, entry);
    }
  }

  private @Nullable Entry find(String username) {
    int colon = username.indexOf(':');
    return colon < 0 ? null : byUfrag.get(username.substring(0, colon));
  }

  private void learn(InetSocketAddress from, Entry entry) {
    if (byAddress.put(from, entry) == entry) {
      return;
    }
    entry.addresses.add(from);
    if (entry.addresses.size() > MAX_ADDRESSES) {
      byAddress.remove(entry.addresses.remove(), entry);
    }
  }
}
