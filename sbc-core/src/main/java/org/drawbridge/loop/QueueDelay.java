package org.drawbridge.loop;

/**
 * Tells a loop that cannot keep up from one that has a burst to work off, by how long its tasks
 * wait (the idea of CoDel, RFC 8289): a wait that stays long for a while means that more comes in
 * than can be done, and it will not end by itself, since callers repeat what is not answered.
 * Confined to its loop; time is an argument.
 */
final class QueueDelay {

  /** A wait in ms that nobody notices: a tenth of the time after which a request is repeated. */
  static final long TARGET_MILLIS = 50;

  /** How long waits may be longer than that before the loop counts as overloaded, in ms. */
  static final long PATIENCE_MILLIS = 100;

  /**
   * A wait in ms after which requests have been repeated (T1 of RFC 3261): no patience with that.
   */
  static final long TOO_LONG_MILLIS = 500;

  private static final long NEVER = Long.MAX_VALUE;

  private long longSince = NEVER;
  private boolean overloaded;

  /**
   * A task has come to its turn.
   *
   * @param now in ms
   * @param waited how long it was queued, in ms
   */
  void measured(long now, long waited) {
    if (waited < TARGET_MILLIS) {
      longSince = NEVER;
      overloaded = false;
      return;
    }
    longSince = Math.min(longSince, now);
    overloaded |= now - longSince >= PATIENCE_MILLIS || waited >= TOO_LONG_MILLIS;
  }

  /** Whether new work should be turned away. */
  boolean isOverloaded() {
    return overloaded;
  }
}
