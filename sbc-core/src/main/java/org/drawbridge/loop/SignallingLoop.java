package org.drawbridge.loop;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A {@link Loop} with a thread of its own, a bounded queue and a {@link TimerWheel}. {@link
 * #execute}, {@link #close} and the counters may be called from any thread, the rest only from the
 * loop.
 *
 * <p>Overload: a task that finds the queue full is dropped and counted. What it carried is lost as
 * a datagram would be, and the timers of transactions and calls clean up after it. A task that
 * throws is logged and counted; the loop lives.
 */
public final class SignallingLoop implements Loop, AutoCloseable {

  /**
   * Tasks run between two looks at the timers, so that a flood of messages cannot hold up
   * retransmissions.
   */
  private static final int BATCH = 256;

  private static final long CLOSE_WAIT_MILLIS = 5_000;

  private static final Logger LOG = LogManager.getLogger(SignallingLoop.class);

  private final int index;
  private final int capacity;
  private final Thread thread;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final long startNanos = System.nanoTime();
  private final TimerWheel timers = new TimerWheel(0);
  private long now;

  /**
   * Set by the loop before it looks at the queue a last time and parks; whoever sees it wakes the
   * loop.
   */
  private volatile boolean sleepy;

  private volatile boolean closing;

  /**
   * Starts the loop.
   *
   * @param index which of the process's loops it is, from 0
   * @param capacity how many tasks may wait
   */
  public SignallingLoop(int index, int capacity) {
    this.index = index;
    this.capacity = capacity;
    thread = Thread.ofPlatform().name("signalling-" + index).daemon().unstarted(this::run);
    thread.start();
  }

  /**
   * Queues a task; it is dropped and counted when the queue is full or the loop is closed. Any
   * thread.
   */
  @Override
  public void execute(Runnable task) {
    if (closing) {
      dropped.increment();
      return;
    }
    if (queued.incrementAndGet() > capacity) {
      queued.decrementAndGet();
      dropForOverload();
      return;
    }
    queue.add(task);
    if (sleepy) {
      LockSupport.unpark(thread);
    }
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

  /** Whether the caller is on this loop's thread. Any thread. */
  public boolean isCurrent() {
    return Thread.currentThread().threadId() == thread.threadId();
  }

  /** How many tasks wait. Any thread. */
  public int queued() {
    return queued.get();
  }

  /** How many tasks were dropped because the queue was full or the loop closed. Any thread. */
  public long dropped() {
    return dropped.sum();
  }

  /** How many tasks threw. Any thread. */
  public long failed() {
    return failed.sum();
  }

  /**
   * Runs what is queued already, forgets the timers and ends the thread; waits for that up to 5 s.
   * Any thread.
   */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    if (isCurrent()) {
      return;
    }
    try {
      if (!thread.join(Duration.ofMillis(CLOSE_WAIT_MILLIS))) {
        LOG.warn(
            "Signalling loop {} is still busy {} ms after it was closed", index, CLOSE_WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      readClock();
      timers.advance(now, this::runTask);
      boolean idle = runBatch() == 0;
      if (idle) {
        sleep();
      }
    }
    while (runBatch() > 0) {
      // What was queued before the close still runs.
    }
  }

  private int runBatch() {
    int count = 0;
    Runnable task;
    while (count < BATCH && (task = queue.poll()) != null) {
      queued.decrementAndGet();
      readClock();
      runTask(task);
      count++;
    }
    return count;
  }

  private void sleep() {
    sleepy = true;
    if (queue.isEmpty() && !closing) {
      long wait = timers.nextExpiry() - now;
      // A spurious or early return only means one more turn.
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(wait));
    }
    sleepy = false;
  }

  private void runTask(Runnable task) {
    try {
      task.run();
    } catch (Exception | StackOverflowError | AssertionError e) {
      failed.increment();
      LOG.error("A task on signalling loop {} failed", index, e);
    }
  }

  private void dropForOverload() {
    dropped.increment();
    long count = dropped.sum();
    // Powers of two: an overload is visible at once and the log stays readable.
    if (Long.bitCount(count) == 1) {
      LOG.warn("Signalling loop {} is overloaded: {} tasks dropped so far", index, count);
    }
  }

  private void readClock() {
    now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
