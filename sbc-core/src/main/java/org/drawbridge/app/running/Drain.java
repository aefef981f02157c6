package org.drawbridge.app.running;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.ua.Doors;
import org.jspecify.annotations.Nullable;

/**
 * Ends the program when its last call is over: new ones are turned away, those that are up go on,
 * but not for ever. Thread-safe.
 */
public final class Drain {

  private static final Logger LOG = LogManager.getLogger(Drain.class);

  private static final long TICK_MILLIS = 500;

  private final Doors doors;
  private final IntSupplier calls;
  private final Runnable end;
  private final InstantSource clock;
  private @Nullable Instant deadline;
  private boolean ended;

  /**
   * Has nothing to do yet.
   *
   * @param calls how many there are now
   * @param end ends the program, with a word to whom is still in a call; called once
   */
  public Drain(Doors doors, IntSupplier calls, Runnable end, InstantSource clock) {
    this.doors = doors;
    this.calls = calls;
    this.end = end;
    this.clock = clock;
  }

  /** Looks at the calls from now on, on a thread of its own. */
  public Drain watch() {
    Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("drain").daemon().factory())
        .scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /**
   * Begins, or begins anew with other words.
   *
   * @param within when it ends though calls are up
   * @param devicesToo whether registrations are turned away too
   * @return that time
   */
  public synchronized Instant begin(Duration within, boolean devicesToo) {
    doors.shut(devicesToo);
    Instant until = clock.instant().plus(within);
    deadline = until;
    LOG.info(
        "drain.begun calls={} until={} registrations={}",
        calls.getAsInt(),
        until,
        devicesToo ? "turned-away" : "taken");
    return until;
  }

  /** Takes it back; returns whether there was anything to take back. */
  public synchronized boolean undo() {
    if (deadline == null) {
      return false;
    }
    deadline = null;
    doors.open();
    LOG.info("drain.undone");
    return true;
  }

  /** When the program ends at the latest; null if it stays. */
  public synchronized @Nullable Instant deadline() {
    return deadline;
  }

  /** Ends the program where it is time to. */
  void tick() {
    if (isOver()) {
      end.run();
    }
  }

  private synchronized boolean isOver() {
    Instant until = deadline;
    int left = calls.getAsInt();
    if (ended || until == null || left > 0 && clock.instant().isBefore(until)) {
      return false;
    }
    ended = true;
    LOG.info("drain.over calls={}", left);
    return true;
  }
}
