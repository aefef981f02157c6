package org.drawbridge.media.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Who has a place among the TCP connections of a port: so many in all, and so many of one site,
 * which is an IPv4 address or an IPv6 /64. Used by the thread of {@link TcpEdge}.
 */
final class TcpSeats {

  static final int MOST = 4096;

  /** A whole office behind one NAT may have no UDP. */
  static final int MOST_OF_SITE = 512;

  /** A browser's first check follows its connection at once. */
  private static final long CHANCE_NANOS = 2_000_000_000L;

  private static final int PREFIX_BYTES = 8;

  private final SequencedSet<TcpConnection> taken = new LinkedHashSet<>();
  private final Map<ByteBuffer, Integer> bySite = new HashMap<>();

  void take(TcpConnection connection) {
    taken.add(connection);
    bySite.merge(site(connection), 1, Integer::sum);
  }

  /** Returns whether it had a place. */
  boolean leave(TcpConnection connection) {
    boolean had = taken.remove(connection);
    if (had) {
      bySite.computeIfPresent(site(connection), (_, count) -> count == 1 ? null : count - 1);
    }
    return had;
  }

  /** Whether there is no place for another connection from there. */
  boolean areFull(InetAddress peer) {
    return taken.size() >= MOST || isFull(site(peer));
  }

  private boolean isFull(ByteBuffer site) {
    return bySite.getOrDefault(site, 0) >= MOST_OF_SITE;
  }

  /**
   * Who gives way to a connection from there: the one that is here longest, of that site where it
   * is the site that has no place, without having shown the credentials of a call. Null where all
   * have, or may still.
   */
  @Nullable TcpConnection stranger(InetAddress peer, long nowNanos) {
    ByteBuffer site = site(peer);
    boolean ofSite = isFull(site);
    for (TcpConnection one : taken) {
      if (one.isIdle(nowNanos, CHANCE_NANOS, Long.MAX_VALUE)
          && (!ofSite || site(one).equals(site))) {
        return one;
      }
    }
    return null;
  }

  List<TcpConnection> all() {
    return List.copyOf(taken);
  }

  private static ByteBuffer site(TcpConnection connection) {
    return site(connection.remote().getAddress());
  }

  private static ByteBuffer site(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, PREFIX_BYTES));
  }
}
