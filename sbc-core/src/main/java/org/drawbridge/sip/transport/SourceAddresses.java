package org.drawbridge.sip.transport;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/**
 * Which of our addresses the kernel sends from toward a peer: what a wildcard-bound UDP socket does
 * not know of itself. Remembered for a minute, since routes change. Thread-safe; asks the routing
 * table only, sends nothing.
 */
final class SourceAddresses {
  private static final int PEERS = 10_000;
  private static final int ANY_PORT = 9;

  private final LoadingCache<InetAddress, InetAddress> cache =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(PEERS)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build(SourceAddresses::askKernel);

  /** The address, or the loopback address where there is no route. */
  InetAddress toward(InetAddress peer) {
    return cache.get(peer);
  }

  private static InetAddress askKernel(InetAddress peer) {
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.connect(new InetSocketAddress(peer, ANY_PORT));
      return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
    } catch (IOException e) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
