package org.drawbridge.limit;

import org.drawbridge.routing.limit.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many through in a time and, after a rest, a burst at once. Counts in whole numbers: one
 * token is as many units as the period has milliseconds. Not thread-safe.
 */
final class TokenBucket {

  private @Nullable Rate rate;
  private long units;
  private long filledAt;

  /** Whether a token is there; the rate may be another one than before, and then all are. */
  boolean has(Rate now, long millis) {
    fill(now, millis);
    return units >= now.per().toMillis();
  }

  /** Takes a token; to be called after {@link #has}. */
  void take(Rate now) {
    units -= now.per().toMillis();
  }

  /** A token was not needed after all. */
  void giveBack() {
    Rate now = rate;
    if (now != null) {
      units = Math.min(units + now.per().toMillis(), capacity(now));
    }
  }

  private void fill(Rate now, long millis) {
    long elapsed = millis - filledAt;
    long capacity = capacity(now);
    if (!now.equals(rate) || elapsed > capacity) {
      rate = now;
      units = capacity;
    } else if (elapsed > 0) {
      units = Math.min(capacity, units + elapsed * now.count());
    }
    filledAt = millis;
  }

  private static long capacity(Rate rate) {
    return rate.burst() * rate.per().toMillis();
  }
}
