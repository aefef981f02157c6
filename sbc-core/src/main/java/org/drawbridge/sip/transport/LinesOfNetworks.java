package org.drawbridge.sip.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;

/**
 * One line of the log for each IPv4 address or IPv6 /48 in a while: a flood of connections is not
 * to become a flood of lines. Thread-safe, bounded.
 */
final class LinesOfNetworks {
  private final Cache<InetAddress, Boolean> lately;

  LinesOfNetworks(Duration pause) {
    this.lately =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(1_000)
            .expireAfterWrite(pause)
            .build();
  }

  /** Whether the network of an address has had no line lately; it has one now. */
  boolean isDue(InetAddress address) {
    return lately.asMap().putIfAbsent(Addresses.network(address), true) == null;
  }
}
