package org.drawbridge.media.plane;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many calls may be transcoded at once, and how many are. Thread-safe. */
public final class TranscodingLimit {

  private final AtomicInteger active = new AtomicInteger();
  private final LongAdder total = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile int most;

  /** A limit; with 0 nothing is transcoded. */
  public TranscodingLimit(int most) {
    this.most = most;
  }

  /** Changes the limit; calls that are transcoded go on. */
  public void set(int calls) {
    most = calls;
  }

  /** Calls that are transcoded now. */
  public int active() {
    return active.get();
  }

  /** Calls that have been transcoded so far. */
  public long total() {
    return total.sum();
  }

  /** Calls that were not transcoded for the limit's sake. */
  public long refused() {
    return refused.sum();
  }

  /** What one call takes when it is to be transcoded. */
  public Seat seat() {
    return new Seat();
  }

  private boolean enter() {
    if (active.incrementAndGet() <= most) {
      total.increment();
      return true;
    }
    active.decrementAndGet();
    return false;
  }

  /** One call's place. Its signalling loop and its media loop may both ask for it. */
  public final class Seat {

    private boolean taken;
    private boolean denied;
    private boolean left;

    private Seat() {}

    /** Takes it, if that was not done yet; false when too many calls are transcoded. */
    public synchronized boolean take() {
      if (!taken && !left) {
        taken = enter();
        if (!taken && !denied && most > 0) {
          refused.increment();
        }
        denied = !taken;
      }
      return taken;
    }

    /** Whether anything may be transcoded at all. */
    public boolean isOffered() {
      return most > 0;
    }

    /** Whether the call is transcoded. */
    public synchronized boolean isTaken() {
      return taken;
    }

    /** Whether it was asked for in vain. */
    public synchronized boolean isDenied() {
      return denied && most > 0;
    }

    /** The call is over. */
    public synchronized void leave() {
      left = true;
      if (taken) {
        taken = false;
        active.decrementAndGet();
      }
    }
  }
}
