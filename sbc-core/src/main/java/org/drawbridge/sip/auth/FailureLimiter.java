package org.drawbridge.sip.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts failures of suspects and locks those with too many out for a while. Thread-safe; remembers
 * a bounded number of them.
 *
 * @param <K> who fails
 */
final class FailureLimiter<K> {

  /**
   * What a suspect did.
   *
   * @param count failures in the current window
   * @param windowEnd when counting starts anew, in ms since 1970
   * @param lockedUntil when it may try again, in ms since 1970; 0 if it is not locked out
   */
  private record Record(int count, long windowEnd, long lockedUntil) {}

  /** What is forgiven, and for how long what is not. */
  private record Bounds(int max, long withinMillis, long lockMillis) {}

  private volatile Bounds bounds;
  private final InstantSource clock;
  private final Cache<K, Record> records;

  /**
   * Sets the bounds.
   *
   * @param max failures that are still forgiven; 0 locks nobody out
   * @param within the time they are counted over
   * @param lock how long a suspect stays locked out
   * @param capacity how many suspects are remembered
   */
  FailureLimiter(int max, Duration within, Duration lock, int capacity, InstantSource clock) {
    this.bounds = new Bounds(max, within.toMillis(), lock.toMillis());
    this.clock = clock;
    this.records =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(capacity)
            .expireAfterWrite(longer(within, lock))
            .build();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Counts by other bounds from now on; who is locked out stays so for as long as was said. */
  void change(int max, Duration within, Duration lock) {
    bounds = new Bounds(max, within.toMillis(), lock.toMillis());
    records.policy().expireAfterWrite().ifPresent(p -> p.setExpiresAfter(longer(within, lock)));
  }

  /** Whether the suspect is locked out now. */
  boolean isLocked(K suspect) {
    Record record = records.getIfPresent(suspect);
    return record != null && clock.millis() < record.lockedUntil;
  }

  /** All that are locked out now, and for how long yet, in ms. */
  Map<K, Long> locked() {
    long now = clock.millis();
    Map<K, Long> all = new HashMap<>();
    records
        .asMap()
        .forEach(
            (suspect, record) -> {
              if (now < record.lockedUntil) {
                all.put(suspect, record.lockedUntil - now);
              }
            });
    return all;
  }

  /** Counts one failure. Returns whether this one locks the suspect out. */
  boolean failed(K suspect) {
    Bounds now = bounds;
    if (now.max == 0) {
      return false;
    }
    long time = clock.millis();
    Record updated = records.asMap().compute(suspect, (key, record) -> next(record, now, time));
    return updated.count == now.max + 1;
  }

  /** Forgets the failures of one that has now logged in. */
  void forgive(K suspect) {
    records.invalidate(suspect);
  }

  private static Record next(@Nullable Record record, Bounds bounds, long now) {
    int count = record == null || now >= record.windowEnd ? 1 : record.count + 1;
    long windowEnd = count == 1 || record == null ? now + bounds.withinMillis : record.windowEnd;
    return new Record(count, windowEnd, count > bounds.max ? now + bounds.lockMillis : 0);
  }
}
