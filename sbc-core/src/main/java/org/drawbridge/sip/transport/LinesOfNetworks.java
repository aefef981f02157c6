package org.drawbridge.sip.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;

/**
 * One line of the log for each network in a while: a flood of connections is not to become a flood
 * of lines. Thread-safe.
 */
final class LinesOfNetworks {
  private final Cache<InetAddress, Boolean> lately =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(1_000)
          .expireAfterWrite(Duration.ofSeconds(10))
          .build();

  /** Whether a network has had no line lately; it has one now. */
  boolean isDue(InetAddress network) {
    return lately.asMap().putIfAbsent(network, true) == null;
  }
}
