package org.drawbridge.sip.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;

/**
 * The targets that failed lately, each for as long as it asked for or we thought right (RFC 3263
 * section 4.3). Over its cap it forgets the oldest. Thread-safe.
 */
final class FailedTargets {
  private static final int MOST = 10_000;

  private final Cache<Key, Duration> failed;

  /** What fails is a socket, whoever's name led there. */
  private record Key(Transport transport, InetSocketAddress address) {
    static Key of(Target target) {
      return new Key(target.transport(), target.address());
    }
  }

  FailedTargets(Ticker clock) {
    failed =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST)
            .ticker(clock)
            .expireAfter(Expiry.<Key, Duration>writing((_, time) -> time))
            .build();
  }

  void add(Target target, Duration time) {
    failed.put(Key.of(target), time);
  }

  boolean contains(Target target) {
    return failed.getIfPresent(Key.of(target)) != null;
  }
}
