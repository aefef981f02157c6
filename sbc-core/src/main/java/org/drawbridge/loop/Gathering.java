package org.drawbridge.loop;

/**
 * Tells when a loop should let messages gather instead of being woken for each one, as network
 * cards moderate their interrupts. To wake a thread and to bring its data back into the caches
 * costs more than most messages do, and nobody hears a delay that is a hundredth of the time after
 * which a request is repeated (T1 of RFC 3261). With little to do it is off, and each message is
 * served at once. Confined to its loop; time is an argument.
 */
final class Gathering {

  /** How long a loop rests before it looks again, in ms: the most that it adds to an answer. */
  static final long REST_MILLIS = 4;

  /** Over how long tasks are counted, in ms. */
  static final long WINDOW_MILLIS = 64;

  /** Tasks in a window from which on resting is worth it: two in each rest. */
  static final long BUSY_TASKS = 2 * WINDOW_MILLIS / REST_MILLIS;

  private long windowStart;
  private long doneAtStart;
  private boolean worthwhile;

  /**
   * Whether a loop with nothing in its queue should rest before it looks for more.
   *
   * @param now in ms
   * @param done how many tasks the loop has run in its life
   */
  boolean isWorthwhile(long now, long done) {
    long elapsed = now - windowStart;
    if (elapsed >= WINDOW_MILLIS) {
      worthwhile = (done - doneAtStart) * WINDOW_MILLIS >= BUSY_TASKS * elapsed;
      windowStart = now;
      doneAtStart = done;
    }
    return worthwhile;
  }
}
