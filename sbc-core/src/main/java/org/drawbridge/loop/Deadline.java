package org.drawbridge.loop;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the deadlines of a pure machine on a loop, and is used there only. */
public final class Deadline {

  private final Loop loop;
  private final LongSupplier next;
  private final Runnable due;
  private @Nullable Timer timer;

  /**
   * A deadline that is not running yet.
   *
   * @param next when the machine has something to do, {@link Long#MAX_VALUE} for never
   * @param due lets it do that; the deadline is taken again afterwards
   */
  public Deadline(Loop loop, LongSupplier next, Runnable due) {
    this.loop = loop;
    this.next = next;
    this.due = due;
  }

  /** Waits for what the machine's next deadline is now. */
  public void reset() {
    stop();
    long at = next.getAsLong();
    if (at != Long.MAX_VALUE) {
      timer = loop.schedule(Math.max(0, at - loop.now()), this::run);
    }
  }

  /** Waits no more, until the next {@link #reset}. */
  public void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void run() {
    timer = null;
    due.run();
    if (timer == null) {
      reset();
    }
  }
}
