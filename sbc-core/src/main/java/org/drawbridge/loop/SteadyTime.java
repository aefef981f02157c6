package org.drawbridge.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The wall clock for those who measure how long something is good. It never goes back: where that
 * clock is set back, as at a start before NTP has an answer, it goes on as time passes. Where the
 * clock is set forward it follows, since a machine that slept has lost that time. Who has to know
 * what day it is asks the wall clock itself. Thread-safe.
 */
public final class SteadyTime implements InstantSource {

  private static final Logger LOG = LogManager.getLogger(SteadyTime.class);

  private static final long NANOS_IN_MILLI = 1_000_000;

  /** A leap that is told of, in ms: the least time that a registration is good for. */
  private static final long LEAP = 60_000;

  private static final SteadyTime MACHINE =
      new SteadyTime(InstantSource.system(), System::nanoTime);

  private final InstantSource wall;
  private final LongSupplier nanos;

  /** The most that the wall clock has been before the steady one, in ms. */
  private final AtomicLong lead = new AtomicLong(Long.MIN_VALUE);

  /**
   * Goes by two clocks.
   *
   * @param nanos one that nobody can set, in ns since whenever
   */
  public SteadyTime(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
  }

  /** That of this machine; the same for all, so that times of one mean the same to another. */
  public static SteadyTime system() {
    return MACHINE;
  }

  @Override
  public long millis() {
    long steady = Math.floorDiv(nanos.getAsLong(), NANOS_IN_MILLI);
    long found = wall.millis() - steady;
    long before = lead.getAndAccumulate(found, Math::max);
    if (before != Long.MIN_VALUE && found - before >= LEAP) {
      LOG.warn(
          "clock.forward by-s={}: what was good for less, as registrations, is over",
          (found - before) / 1_000);
    }
    return steady + Math.max(before, found);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
