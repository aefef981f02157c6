package org.drawbridge.loop;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A loop with a virtual clock: runs on the test's own thread, only when told to, and lets what a
 * task throws reach the test. Every due timer sees the exact time it was due at.
 */
public final class SimLoop implements Loop {

  private final int index;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final TimerWheel timers = new TimerWheel(0);
  private long now;
  private boolean overloaded;

  /** Loop 0 at time 0. */
  public SimLoop() {
    this(0);
  }

  /** A loop of the given index at time 0. */
  public SimLoop(int index) {
    this.index = index;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    return timers.add(now + Math.max(delayMillis, 0), task);
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public boolean isOverloaded() {
    return overloaded;
  }

  /** From now on the loop says that it can, or cannot, keep up. */
  public void overloaded(boolean is) {
    overloaded = is;
  }

  @Override
  public void execute(Runnable task) {
    queue.add(task);
  }

  /** Runs queued tasks, and those they queue, without moving time. */
  public void runTasks() {
    Runnable task;
    while ((task = queue.poll()) != null) {
      task.run();
    }
  }

  /** Moves time by some ms, running tasks and timers on the way. */
  public void advance(long millis) {
    long end = now + millis;
    runTasks();
    while (timers.nextExpiry() <= end) {
      now = timers.nextExpiry();
      timers.advance(now, this::runTimer);
    }
    now = end;
    timers.advance(now, this::runTimer);
  }

  /**
   * Runs until there is nothing left to do.
   *
   * @param limitMillis how far time may move; beyond it something keeps itself alive and this
   *     throws
   */
  public void runToEnd(long limitMillis) {
    long end = now + limitMillis;
    runTasks();
    while (timers.size() > 0) {
      if (timers.nextExpiry() > end) {
        throw new AssertionError(timers.size() + " timers still wait after " + limitMillis + " ms");
      }
      advance(timers.nextExpiry() - now);
    }
  }

  /** How many timers wait: 0 when everything that was started has ended. */
  public int timers() {
    return timers.size();
  }

  private void runTimer(Runnable task) {
    task.run();
    runTasks();
  }
}
