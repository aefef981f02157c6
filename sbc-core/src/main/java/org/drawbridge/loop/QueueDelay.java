package org.drawbridge.loop;

/**
 * Tells a loop that cannot keep up from one that has a burst to work off, by how long its tasks
 * wait (the idea of CoDel, RFC 8289): a wait that stays long for a while means that more comes in
 * than can be done, and it will not end by itself, since callers repeat what is not answered. A
 * wait behind a few slow tasks is none of that: the first calls after a start take long, and so
 * does anything on a machine that does something else. Confined to its loop; time is an argument.
 */
final class QueueDelay {

  /** A wait in ms that nobody notices: a tenth of the time after which a request is repeated. */
  static final long TARGET_MILLIS = 50;

  /**
   * How long waits may be longer than that before the loop counts as overloaded, in ms: by then
   * requests are repeated (T1 of RFC 3261).
   */
  static final long PATIENCE_MILLIS = 500;

  /** Waiting behind fewer tasks than this is no sign of too much work. */
  static final int FEW_TASKS = 32;

  private static final long NEVER = Long.MAX_VALUE;

  private long longSince = NEVER;
  private boolean overloaded;

  /**
   * A task has come to its turn.
   *
   * @param now in ms
   * @param waited how long it was queued, in ms
   * @param behind how many tasks ran meanwhile
   */
  void measured(long now, long waited, long behind) {
    if (waited < TARGET_MILLIS || behind < FEW_TASKS) {
      longSince = NEVER;
      overloaded = false;
      return;
    }
    longSince = Math.min(longSince, now);
    overloaded |= now - longSince >= PATIENCE_MILLIS;
  }

  /** Whether new work should be turned away. */
  boolean isOverloaded() {
    return overloaded;
  }
}
