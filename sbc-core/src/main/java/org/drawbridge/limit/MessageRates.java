package org.drawbridge.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import org.drawbridge.routing.limit.Rate;
import org.drawbridge.routing.rule.CallSource;

/**
 * How many messages, and other requests that are no calls and leave nothing behind, one account may
 * send, or all strangers together: far more than people write, and fewer than a phone or our table
 * of transactions has to fear. Trunks have no bound. Thread-safe.
 */
final class MessageRates {

  /** An alarm may go to a whole company at once. */
  private static final Rate RATE = new Rate(20, Duration.ofSeconds(1), 500);

  private static final Object STRANGERS = new Object();

  private final InstantSource clock;

  /** Of those who have sent anything lately: after this long a bucket is full again. */
  private final Cache<Object, TokenBucket> senders =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(100_000)
          .expireAfterAccess(Duration.ofMinutes(1))
          .build();

  MessageRates(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether one more may pass; counts it if so. */
  boolean takes(CallSource sender) {
    return switch (sender) {
      case CallSource.FromTrunk _ -> true;
      case CallSource.Registered account -> takes((Object) account);
      case CallSource.Anonymous _ -> takes(STRANGERS);
    };
  }

  private boolean takes(Object sender) {
    TokenBucket bucket = senders.get(sender, _ -> new TokenBucket());
    synchronized (bucket) {
      boolean has = bucket.has(RATE, clock.millis());
      if (has) {
        bucket.take(RATE);
      }
      return has;
    }
  }
}
