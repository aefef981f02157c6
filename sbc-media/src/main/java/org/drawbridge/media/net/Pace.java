package org.drawbridge.media.net;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.drawbridge.media.relay.Pacer;

/**
 * Calls those that send packets of our own every 20 ms, all in one go, so that a loop with many
 * wakes no oftener than with one and writes them in one batch. Rounds that were late are made up
 * for, unless there are too many. Owned by a media loop.
 */
final class Pace {

  private static final long ROUND_NANOS = Pacer.MILLIS * 1_000_000L;
  private static final int MAX_LATE = 5;
  private static final LongConsumer[] NONE = {};

  private final Consumer<Runnable> guard;
  private final Set<LongConsumer> tasks = new LinkedHashSet<>();
  private LongConsumer[] round = NONE;
  private long nextNanos;

  /** Runs each task by a guard that survives its mistakes. */
  Pace(Consumer<Runnable> guard) {
    this.guard = guard;
  }

  void start(LongConsumer task, long nowNanos) {
    if (tasks.isEmpty()) {
      nextNanos = nowNanos + ROUND_NANOS;
    }
    tasks.add(task);
    round = tasks.toArray(NONE);
  }

  void stop(LongConsumer task) {
    if (tasks.remove(task)) {
      round = tasks.toArray(NONE);
    }
  }

  /** Nanoseconds until the next round, {@link Long#MAX_VALUE} when nobody waits for one. */
  long dueIn(long nowNanos) {
    return tasks.isEmpty() ? Long.MAX_VALUE : nextNanos - nowNanos;
  }

  /** Runs the rounds that are due. */
  void run(long nowNanos) {
    if (!tasks.isEmpty() && nowNanos - nextNanos > MAX_LATE * ROUND_NANOS) {
      nextNanos = nowNanos;
    }
    while (!tasks.isEmpty() && nowNanos - nextNanos >= 0) {
      long due = nextNanos;
      nextNanos += ROUND_NANOS;
      for (LongConsumer task : round) {
        guard.accept(() -> task.accept(due));
      }
    }
  }
}
