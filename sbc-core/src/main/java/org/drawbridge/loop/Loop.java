package org.drawbridge.loop;

import java.util.concurrent.Executor;

/**
 * A single thread of signalling with a clock and timers. {@link #execute} may be called from
 * anywhere; everything else only from the loop itself. Tests put a virtual clock behind it.
 */
public interface Loop extends Executor {

  /** Milliseconds on a monotonic clock, the same for the whole of one task. */
  long now();

  /** Runs a task on this loop no earlier than after the delay. */
  Timer schedule(long delayMillis, Runnable task);

  /** Which of the process's loops this is, from 0. */
  int index();

  /**
   * Whether tasks wait so long, or so little memory is left, that new work had better be turned
   * away (RFC 3261 21.5.4).
   */
  default boolean isOverloaded() {
    return false;
  }
}
