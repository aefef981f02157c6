package org.drawbridge.support;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for what other processes do; the only place that sleeps. */
public final class Await {

  private static final long POLL_MILLIS = 50;

  private Await() {}

  /** Waits until a condition holds; fails with what was waited for. */
  public static void until(String what, Duration limit, Supplier<Boolean> condition) {
    until(what, limit, condition, held -> held);
  }

  /**
   * Waits until a value is as wanted and returns it; fails with the last value seen.
   *
   * @throws AssertionError after the limit
   */
  public static <T> T until(String what, Duration limit, Supplier<T> value, Predicate<T> asWanted) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      T now = value.get();
      if (asWanted.test(now)) {
        return now;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "%s: not within %d ms; last seen: %s".formatted(what, limit.toMillis(), now));
      }
      pause(Duration.ofMillis(POLL_MILLIS));
    }
  }

  /** Lets real time pass, for what is defined by time: an audio window, a session timer. */
  public static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
