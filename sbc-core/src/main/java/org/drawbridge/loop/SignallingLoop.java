package org.drawbridge.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Loop} with a thread of its own, a bounded queue, a {@link TimerWheel}, and the {@link
 * LoopIo} that its thread serves in between. {@link #execute}, {@link #close} and the counters may
 * be called from any thread, the rest only from the loop.
 *
 * <p>Overload: a task that finds the queue full is dropped and counted. What it carried is lost as
 * a datagram would be, and the timers of transactions and calls clean up after it. A task that
 * throws is logged and counted; the loop lives. Long before the queue is full, {@link
 * #isOverloaded} says that tasks wait too long.
 */
public final class SignallingLoop implements Loop, AutoCloseable {

  /**
   * Tasks run between two looks at timers and sockets: few enough that a flood of messages cannot
   * hold up retransmissions, and enough that what they write leaves in few system calls.
   */
  private static final int BATCH = 64;

  private static final long CLOSE_WAIT_MILLIS = 5_000;
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(Gathering.REST_MILLIS);
  private static final long LONGEST_WAIT_MILLIS = 60_000;
  private static final long WARN_EVERY_MILLIS = 10_000;

  private static final Logger LOG = LogManager.getLogger(SignallingLoop.class);

  private final int index;
  private final int capacity;
  private final Thread thread;
  private final LoopIo io;
  private final HeapPressure memory;

  /** What the loop's own thread has posted, most of all the messages that its sockets have read. */
  private final Queue<Runnable> own = new ArrayDeque<>();

  /** What other threads have posted. */
  private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();

  private final AtomicInteger queued = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final long startNanos = System.nanoTime();
  private final TimerWheel timers = new TimerWheel(0);
  private long now;
  private boolean ownTurn;

  private final Gathering gathering = new Gathering();
  private final QueueDelay delay = new QueueDelay();
  private final Runnable probe = this::measureDelay;
  private boolean probing;
  private long probedAt;
  private long done;
  private long doneAtProbe;
  private boolean warned;
  private long warnedAt = -WARN_EVERY_MILLIS;

  /**
   * Set by the loop before it looks at the queue a last time and parks; whoever sees it wakes the
   * loop.
   */
  private volatile boolean sleepy;

  private volatile boolean closing;

  /**
   * Starts a loop without sockets.
   *
   * @param index which of the process's loops it is, from 0
   * @param capacity how many tasks may wait
   */
  public SignallingLoop(int index, int capacity) {
    this(index, capacity, new Parking(), new HeapPressure());
  }

  /**
   * Starts the loop.
   *
   * @param index which of the process's loops it is, from 0
   * @param capacity how many tasks may wait
   * @param io what it serves between tasks; the loop closes it
   */
  public SignallingLoop(int index, int capacity, LoopIo io) {
    this(index, capacity, io, new HeapPressure());
  }

  /**
   * Starts the loop; it counts as overloaded while memory is tight, too.
   *
   * @param memory what it asks for that
   */
  public SignallingLoop(int index, int capacity, LoopIo io, HeapPressure memory) {
    this.index = index;
    this.capacity = capacity;
    this.io = io;
    this.memory = memory;
    thread = Thread.ofPlatform().name("signalling-" + index).daemon().unstarted(this::run);
    io.ownedBy(thread);
    thread.start();
  }

  /**
   * Queues a task; it is dropped and counted when the queue is full or the loop is closed. Any
   * thread.
   */
  @Override
  public void execute(Runnable task) {
    if (isCurrent()) {
      executeHere(task);
    } else if (closing) {
      dropped.increment();
    } else if (queued.incrementAndGet() > capacity) {
      queued.decrementAndGet();
      dropForOverload();
    } else {
      posted.add(task);
      if (sleepy) {
        io.wake();
      }
    }
  }

  private void executeHere(Runnable task) {
    if (own.size() < capacity) {
      own.add(task);
    } else {
      dropForOverload();
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

  @Override
  public boolean isOverloaded() {
    return delay.isOverloaded() || memory.isTight();
  }

  /** Whether the caller is on this loop's thread. Any thread. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** How many tasks of other threads wait. Any thread. */
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
    io.wake();
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
      int ran = runBatch();
      if (ran == 0 && delay.isOverloaded() && isIdle()) {
        judge(0, 0);
      }
      if (isIdle() && gathering.isWorthwhile(now, done)) {
        io.gather(REST_NANOS);
      } else if (ran > 0) {
        io.serve(0);
      } else {
        sleep();
      }
      probeDelay();
    }
    while (runBatch() > 0) {
      // What was queued before the close still runs.
    }
    io.close();
  }

  private int runBatch() {
    int count = 0;
    Runnable task;
    while (count < BATCH && (task = next()) != null) {
      readClock();
      runTask(task);
      count++;
    }
    return count;
  }

  /** Turn about, so that neither kind waits for the other. */
  private @Nullable Runnable next() {
    ownTurn = !ownTurn;
    Runnable first = ownTurn ? own.poll() : pollPosted();
    return first != null ? first : ownTurn ? pollPosted() : own.poll();
  }

  private @Nullable Runnable pollPosted() {
    Runnable task = posted.poll();
    if (task != null) {
      queued.decrementAndGet();
    }
    return task;
  }

  /** Sends one task at a time behind those that have just come in, to see how long they wait. */
  private void probeDelay() {
    if (!probing && !own.isEmpty()) {
      readClock();
      probedAt = now;
      doneAtProbe = done;
      probing = own.add(probe);
    }
  }

  private void measureDelay() {
    probing = false;
    judge(now - probedAt, done - doneAtProbe);
  }

  /** Tells of the end, too, but only of what it has told the beginning of. */
  private void judge(long waited, long behind) {
    boolean before = delay.isOverloaded();
    delay.measured(now, waited, behind);
    if (before == delay.isOverloaded()) {
      return;
    }
    if (before) {
      if (warned) {
        warned = false;
        LOG.info(
            "Signalling loop {} keeps up again after {} ms: new requests are taken",
            index,
            now - warnedAt);
      }
    } else if (now - WARN_EVERY_MILLIS > warnedAt) {
      warned = true;
      warnedAt = now;
      LOG.warn(
          "Signalling loop {} is overloaded: tasks wait {} ms, new requests are turned away",
          index,
          waited);
    }
  }

  private boolean isIdle() {
    return posted.isEmpty() && own.isEmpty() && !closing;
  }

  private void sleep() {
    sleepy = true;
    // A spurious or early return only means one more turn.
    long wait = isIdle() ? Math.min(timers.nextExpiry() - now, LONGEST_WAIT_MILLIS) : 0;
    io.serve(TimeUnit.MILLISECONDS.toNanos(wait));
    sleepy = false;
  }

  private void runTask(Runnable task) {
    done++;
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
