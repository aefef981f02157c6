package org.drawbridge.sip.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;

/**
 * Counts live connections, all and for each peer, and refuses those above the cap. Only connections
 * that are open now count, so nobody is locked out by those of the past. Thread-safe.
 */
final class ConnectionCaps {
  private static final Logger LOG = LogManager.getLogger(ConnectionCaps.class);

  private final Supplier<TransportLimits> current;
  private final TransportCounters counters;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> bySite = new ConcurrentHashMap<>();

  /**
   * Peers whose refusal was logged lately: a flood of connections is not to become a flood of
   * lines.
   */
  private final Cache<InetAddress, Boolean> logged =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(1_000)
          .expireAfterWrite(Duration.ofSeconds(10))
          .build();

  /** Asks for the limits at each connection. */
  ConnectionCaps(Supplier<TransportLimits> current, TransportCounters counters) {
    this.current = current;
    this.counters = counters;
  }

  /** Whether an accepted connection may stay; its place is given back when it closes. */
  boolean admit(Transport transport, Channel channel) {
    TransportLimits limits = current.get();
    InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    InetAddress site = Addresses.site(peer);
    if (bySite.merge(site, 1, Integer::sum) > limits.connectionsPerPeer()) {
      leave(site);
      refuse(transport, Kind.REFUSED_PEER, peer, limits.connectionsPerPeer() + " open from there");
      return false;
    }
    if (!take(transport, channel)) {
      leave(site);
      refuse(transport, Kind.REFUSED_TOTAL, peer, limits.connections() + " open in all");
      return false;
    }
    channel.closeFuture().addListener(closed -> leave(site));
    return true;
  }

  /** Whether a connection that we make may be; its place is given back when it closes. */
  boolean admitOutgoing(Transport transport, Channel channel) {
    boolean taken = take(transport, channel);
    if (!taken) {
      counters.count(transport, Kind.REFUSED_TOTAL);
    }
    return taken;
  }

  private boolean take(Transport transport, Channel channel) {
    if (open.incrementAndGet() > current.get().connections()) {
      open.decrementAndGet();
      return false;
    }
    counters.count(transport, Kind.OPENED);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.decrementAndGet();
              counters.count(transport, Kind.CLOSED);
            });
    return true;
  }

  private void leave(InetAddress site) {
    bySite.computeIfPresent(site, (key, count) -> count > 1 ? count - 1 : null);
  }

  private void refuse(Transport transport, Kind kind, InetAddress peer, String why) {
    counters.count(transport, kind);
    if (logged.asMap().putIfAbsent(peer, true) == null) {
      LOG.warn("Refused a {} connection from {}: {}", transport, peer.getHostAddress(), why);
    }
  }
}
