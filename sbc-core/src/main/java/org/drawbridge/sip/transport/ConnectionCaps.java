package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Counts live connections, all and for each peer, and refuses those above the cap. Only connections
 * that are open now count, so nobody is locked out by those of the past; nor by those of strangers:
 * where all places are taken, who has been there longest without showing who it is gives way, once
 * it has had the time of a first message. Where peers fill the memory with what they begin and do
 * not end, or do not read, who has done so longest gives way at once: strangers have a share of
 * their own, so that they end nobody else's. Thread-safe.
 */
final class ConnectionCaps {
  private static final AttributeKey<Place> PLACE =
      AttributeKey.valueOf(ConnectionCaps.class, "place");

  /** The part of the heap that strangers may fill together, and all others as much. */
  private static final int SHARE_OF_HEAP = 8;

  /** The part of the heap that the connections of strangers may take by being there. */
  private static final int SHARE_OF_STRANGERS = 4;

  /** What a connection may keep without being looked at, in bytes: a REGISTER, or its answer. */
  private static final int FREE_BYTES = 2_048;

  private final Supplier<TransportLimits> current;
  private final TransportCounters counters;
  private final LongSupplier nanos;
  private final Map<InetAddress, Site> sites = new HashMap<>();

  /** Who has not shown who it is, by networks: an IPv6 customer has thousands of sites. */
  private final Groups<InetAddress, Place> networks = new Groups<>();

  private final KeptBytes<Place> strangers;

  /** Who has shown who it is, longest ago first, by whose they are. */
  private final Groups<Object, Place> owned = new Groups<>();

  private final KeptBytes<Place> keptByStrangers;
  private final KeptBytes<Place> keptByOthers;
  private int open;

  private final CapsLog log = new CapsLog();

  /** The accepted connections of one IPv4 address or IPv6 /64; strangers oldest first. */
  private static final class Site {
    private final SequencedSet<Place> strangers = new LinkedHashSet<>();
    private int open;
  }

  /** What an accepted connection takes, until it is closed or gives way. */
  private final class Place {
    private final Transport transport;
    private final Channel channel;
    private final InetAddress address;
    private final InetAddress network;
    private final long sinceNanos = nanos.getAsLong();
    private final AtomicInteger calls = new AtomicInteger();
    private boolean left;
    private volatile boolean known;
    private volatile boolean stays;
    private volatile boolean gaveWay;

    /** Whose it is, as the first said whom it has shown. */
    private volatile @Nullable Object owner;

    /** Among whose it counts now. */
    private @Nullable Object countedFor;

    /** What has come and may still be kept, in bytes. */
    private volatile long unfinished;

    /** Whether it was seen to make us keep anything. */
    private volatile boolean counted;

    Place(Transport transport, Channel channel, InetAddress peer) {
      this.transport = transport;
      this.channel = channel;
      this.address = Addresses.site(peer);
      this.network = Addresses.network(peer);
    }

    /** What it takes by being there, in bytes: most of it is for its keys. */
    long seat() {
      return transport.isSecure() ? 16_384 : 4_096;
    }

    /** What it makes us keep, in bytes; any thread. */
    long bytes() {
      long unread =
          channel.config().getWriteBufferHighWaterMark() - channel.bytesBeforeUnwritable();
      long all = unfinished + unread;
      return all <= FREE_BYTES ? 0 : all;
    }

    void look() {
      if (counted || bytes() > 0) {
        bound(this);
      }
    }

    /** Whether it gives way, and in whose stead, may have changed. */
    void settle() {
      Place disowned = settled(this);
      look();
      if (disowned != null) {
        disowned.look();
      }
    }
  }

  /** Asks for the limits at each connection. */
  ConnectionCaps(Supplier<TransportLimits> current, TransportCounters counters) {
    this(current, counters, System::nanoTime, Runtime.getRuntime().maxMemory());
  }

  /**
   * The same with a clock and a measure of its own.
   *
   * @param nanos the time, in ns
   * @param heap how much memory there is, in bytes
   */
  ConnectionCaps(
      Supplier<TransportLimits> current,
      TransportCounters counters,
      LongSupplier nanos,
      long heap) {
    this.current = current;
    this.counters = counters;
    this.nanos = nanos;
    this.strangers = new KeptBytes<>(heap / SHARE_OF_STRANGERS, Place::seat);
    this.keptByStrangers = new KeptBytes<>(heap / SHARE_OF_HEAP, Place::bytes);
    this.keptByOthers = new KeptBytes<>(heap / SHARE_OF_HEAP, Place::bytes);
  }

  /** Whether an accepted connection may stay; its place is given back when it closes. */
  boolean admit(Transport transport, Channel channel) {
    TransportLimits limits = current.get();
    InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    Place place = new Place(transport, channel, peer);
    Kind refusal = enter(place, limits);
    if (refusal != null) {
      counters.count(transport, refusal);
      log.refused(transport, refusal, peer, limits);
      return false;
    }
    channel.attr(PLACE).set(place);
    watch(transport, channel, () -> leave(place));
    return true;
  }

  /** Whether a connection that we make may be; its place is given back when it closes. */
  boolean admitOutgoing(Transport transport, Channel channel) {
    if (!enterOutgoing(current.get())) {
      counters.count(transport, Kind.REFUSED_TOTAL);
      return false;
    }
    watch(transport, channel, this::leaveOutgoing);
    return true;
  }

  /** A connection gives way to nobody any more, whatever becomes of its calls. Any thread. */
  static void keep(Channel channel) {
    Place place = channel.attr(PLACE).get();
    if (place != null && !place.stays) {
      place.stays = true;
      place.settle();
    }
  }

  /**
   * The peer of a connection has shown who it is: it gives way to nobody, until its owner has had
   * as many kept after it as one address may have open. Any thread.
   */
  static void keep(Channel channel, Object owner) {
    Place place = channel.attr(PLACE).get();
    if (place != null && place.owner == null) {
      place.owner = owner;
      place.settle();
    }
  }

  /** A connection is used by a call: it gives way to nobody until that lets go. Any thread. */
  static void hold(Channel channel) {
    Place place = channel.attr(PLACE).get();
    if (place != null && place.calls.getAndIncrement() == 0) {
      place.settle();
    }
  }

  /** A call that held a connection does not use it any more. Any thread. */
  static void letGo(Channel channel) {
    Place place = channel.attr(PLACE).get();
    if (place != null && place.calls.decrementAndGet() == 0) {
      place.settle();
    }
  }

  /** Whether a connection was closed in favour of others. Any thread. */
  static boolean gaveWay(Channel channel) {
    Place place = channel.attr(PLACE).get();
    return place != null && place.gaveWay;
  }

  /** An accepted connection has begun so much that it has not ended, in bytes. */
  static void unfinished(Channel channel, long bytes) {
    Place place = channel.attr(PLACE).get();
    if (place != null) {
      place.unfinished = bytes;
      place.look();
    }
  }

  /** A connection was written to, and may not be read. Any thread. */
  static void written(Channel channel) {
    Place place = channel.attr(PLACE).get();
    if (place != null) {
      place.look();
    }
  }

  private void bound(Place place) {
    for (Place longest = surplus(place); longest != null; longest = surplus(place)) {
      giveWay(longest);
      log.closed(longest.transport, longest.channel, longest.address, longest.known);
    }
  }

  /** Who has to go, now that a place may keep more or less than before; null if nobody. */
  private synchronized @Nullable Place surplus(Place changed) {
    KeptBytes<Place> kept = changed.known ? keptByOthers : keptByStrangers;
    if (!changed.left) {
      kept.look(changed);
      changed.counted = kept.has(changed);
    }
    Place longest = kept.surplus();
    if (longest != null) {
      leave(longest);
    }
    return longest;
  }

  private void watch(Transport transport, Channel channel, Runnable onClosed) {
    counters.count(transport, Kind.OPENED);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              onClosed.run();
              counters.count(transport, Kind.CLOSED);
            });
  }

  private synchronized @Nullable Kind enter(Place place, TransportLimits limits) {
    Site known = sites.get(place.address);
    boolean isFull = known != null && known.open >= limits.connectionsPerPeer();
    if (known != null && isFull && !makeRoom(known.strangers, limits)) {
      return Kind.REFUSED_PEER;
    }
    SequencedSet<Place> around = networks.of(place.network);
    boolean isCrowded = around != null && around.size() >= limits.connectionsPerPeer();
    if (around != null && isCrowded && !makeRoom(around, limits)) {
      return Kind.REFUSED_PEER;
    }
    while (open >= limits.connections() || strangers.isFullFor(place)) {
      if (!makeRoom(strangers.all(), limits)) {
        return Kind.REFUSED_TOTAL;
      }
    }
    Site site = sites.computeIfAbsent(place.address, _ -> new Site());
    open++;
    site.open++;
    estrange(place, site);
    return null;
  }

  private synchronized boolean enterOutgoing(TransportLimits limits) {
    boolean isRoom = open < limits.connections() || makeRoom(strangers.all(), limits);
    open += isRoom ? 1 : 0;
    return isRoom;
  }

  /** Closes the connection of the one who is there longest, if that is long enough. */
  private boolean makeRoom(SequencedSet<Place> among, TransportLimits limits) {
    if (among.isEmpty()) {
      return false;
    }
    Place oldest = among.getFirst();
    if (nanos.getAsLong() - oldest.sinceNanos < limits.times().message().toNanos()) {
      return false;
    }
    leave(oldest);
    giveWay(oldest);
    return true;
  }

  private void giveWay(Place place) {
    place.gaveWay = true;
    counters.count(place.transport, Kind.GAVE_WAY);
    place.channel.close();
  }

  private void estrange(Place place, Site site) {
    strangers.look(place);
    site.strangers.add(place);
    networks.add(place.network, place);
  }

  /** Puts a place where it belongs; the one whose owner has too many by that, null if none. */
  private synchronized @Nullable Place settled(Place place) {
    if (place.left) {
      return null;
    }
    forget(place);
    place.known = true;
    if (place.stays || place.calls.get() > 0) {
      return null;
    }
    Object owner = place.owner;
    if (owner == null) {
      disown(place);
      return null;
    }
    SequencedSet<Place> all = owned.add(owner, place);
    place.countedFor = owner;
    if (all.size() <= current.get().connectionsPerPeer()) {
      return null;
    }
    Place first = all.getFirst();
    disown(first);
    return first;
  }

  private void disown(Place place) {
    forget(place);
    place.known = false;
    place.owner = null;
    Site site = sites.get(place.address);
    if (site != null) {
      estrange(place, site);
    }
  }

  private void forget(Place place) {
    strangers.remove(place);
    keptByStrangers.remove(place);
    keptByOthers.remove(place);
    Site site = sites.get(place.address);
    if (site != null) {
      site.strangers.remove(place);
    }
    networks.remove(place.network, place);
    owned.remove(place.countedFor, place);
    place.countedFor = null;
  }

  private synchronized void leave(Place place) {
    Site site = sites.get(place.address);
    if (place.left || site == null) {
      return;
    }
    place.left = true;
    forget(place);
    open--;
    site.open--;
    if (site.open == 0) {
      sites.remove(place.address);
    }
  }

  private synchronized void leaveOutgoing() {
    open--;
  }
}
