package org.drawbridge.media.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Which of our addresses a peer is told. Thread-safe. */
final class LocalAddresses {

  private static final Logger LOG = LogManager.getLogger(LocalAddresses.class);
  private static final int CACHED = 1024;
  private static final long CACHE_NANOS = 60_000_000_000L;
  private static final int DISCARD_PORT = 9;

  private final PlaneSettings settings;
  private final Map<InetAddress, Routed> routes = new ConcurrentHashMap<>();

  LocalAddresses(PlaneSettings settings) {
    this.settings = settings;
  }

  /** The one address for a peer that takes no candidates. */
  InetAddress toward(InetAddress peer) {
    InetAddress advertise = settings.advertise();
    if (advertise != null && isFor(peer, advertise) && !settings.isLocal().test(peer)) {
      return advertise;
    }
    InetAddress bound = settings.bindAddress();
    return bound.isAnyLocalAddress() ? routed(peer) : bound;
  }

  /** A peer of the other family can make nothing of it, and is told what the kernel routes from. */
  private boolean isFor(InetAddress peer, InetAddress advertise) {
    return settings.bindAddress() instanceof Inet4Address
        || advertise instanceof Inet4Address == peer instanceof Inet4Address;
  }

  /**
   * Addresses of ICE host candidates, most preferred first: that of {@link #toward}, then, when
   * nothing fixes it, all others a peer could reach.
   */
  List<InetAddress> candidates(InetAddress peer) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    InetAddress first = toward(peer);
    addresses.add(first);
    if (settings.advertise() == null && settings.bindAddress().isAnyLocalAddress()) {
      addresses.addAll(upAddresses());
    }
    if (!peer.isLoopbackAddress() && addresses.size() > 1) {
      addresses.removeIf(InetAddress::isLoopbackAddress);
    }
    return List.copyOf(addresses);
  }

  /** Asks the kernel from where it would send to a peer; nothing is sent. */
  private InetAddress routed(InetAddress peer) {
    Routed known = routes.get(peer);
    long nowNanos = MediaLoop.now();
    if (known != null && nowNanos - known.sinceNanos < CACHE_NANOS) {
      return known.address;
    }
    InetAddress address = ask(peer);
    if (routes.size() >= CACHED) {
      routes.clear();
    }
    routes.put(peer, new Routed(address, nowNanos));
    return address;
  }

  private InetAddress ask(InetAddress peer) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(peer, DISCARD_PORT);
      InetAddress local = socket.getLocalAddress();
      if (!local.isAnyLocalAddress() && isUsable(local)) {
        return local;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("no route to {}", peer, e);
    }
    List<InetAddress> up = upAddresses();
    return up.isEmpty() ? InetAddress.getLoopbackAddress() : up.getFirst();
  }

  /** Addresses of interfaces that are up: IPv4, and global IPv6 where sockets are bound to it. */
  private List<InetAddress> upAddresses() {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface nic : NetworkInterface.networkInterfaces().toList()) {
        if (nic.isUp() && !nic.isLoopback()) {
          nic.inetAddresses().filter(this::isUsable).forEach(found::add);
        }
      }
    } catch (SocketException e) {
      LOG.warn("cannot list network interfaces", e);
    }
    return found;
  }

  private boolean isUsable(InetAddress address) {
    if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    return address instanceof Inet4Address || !(settings.bindAddress() instanceof Inet4Address);
  }

  private record Routed(InetAddress address, long sinceNanos) {}
}
