package org.drawbridge.sip.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Locks out addresses that guess passwords. Thread-safe; remembers a bounded number of addresses.
 */
final class FailureLimiter {

  /**
   * What an address did.
   *
   * @param count failures in the current window
   * @param windowEnd when counting starts anew, in ms since 1970
   * @param lockedUntil when it may try again, in ms since 1970; 0 if it is not locked out
   */
  private record Record(int count, long windowEnd, long lockedUntil) {}

  private final int max;
  private final long withinMillis;
  private final long lockMillis;
  private final InstantSource clock;
  private final Cache<InetAddress, Record> records;

  /**
   * Sets the bounds.
   *
   * @param max failures that are still forgiven; 0 locks nobody out
   * @param within the time they are counted over
   * @param lock how long an address stays locked out
   * @param capacity how many addresses are remembered
   */
  FailureLimiter(int max, Duration within, Duration lock, int capacity, InstantSource clock) {
    this.max = max;
    this.withinMillis = within.toMillis();
    this.lockMillis = lock.toMillis();
    this.clock = clock;
    this.records =
        Caffeine.newBuilder()
            .maximumSize(capacity)
            .expireAfterWrite(within.compareTo(lock) > 0 ? within : lock)
            .build();
  }

  /** Whether the address is locked out now. */
  boolean isLocked(InetAddress source) {
    Record record = records.getIfPresent(source);
    return record != null && clock.millis() < record.lockedUntil;
  }

  /** Counts one failure. Returns whether this one locks the address out. */
  boolean failed(InetAddress source) {
    if (max == 0) {
      return false;
    }
    long now = clock.millis();
    Record updated = records.asMap().compute(source, (address, record) -> next(record, now));
    return updated.count == max + 1;
  }

  /** Forgets the failures of an address that has now logged in. */
  void succeeded(InetAddress source) {
    records.invalidate(source);
  }

  private Record next(@Nullable Record record, long now) {
    int count = record == null || now >= record.windowEnd ? 1 : record.count + 1;
    long windowEnd = count == 1 || record == null ? now + withinMillis : record.windowEnd;
    return new Record(count, windowEnd, count > max ? now + lockMillis : 0);
  }
}
