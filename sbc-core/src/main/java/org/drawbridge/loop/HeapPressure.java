package org.drawbridge.loop;

import java.util.concurrent.atomic.LongAdder;

/**
 * Tells from what each collection leaves whether there is memory for new work. A heap that is
 * nearly full of what is still needed makes the collector run without end and every thread wait for
 * it, so that calls in progress suffer: it is better to turn new ones away before. What is kept of
 * ended calls goes in 32 s at most, so that this ends by itself.
 *
 * <p>Only a collection of the whole heap can make memory tight, as what others leave alone may be
 * garbage. No collector gives up before it has done one, and they do them often when memory is
 * short. Any collection can end it: a heap in which there is room has room. Any thread.
 */
public final class HeapPressure {

  /** With more of the heap in use than this after a collection, in percent, new work waits. */
  static final int TIGHT_PERCENT = 80;

  /** Up to this, in percent, it is taken again. */
  static final int EASY_PERCENT = 70;

  private final LongAdder times = new LongAdder();
  private volatile boolean tight;

  /**
   * A collection has ended.
   *
   * @param what what it went through
   * @param usedBytes what of the heap is in use after it
   * @param maxBytes how large the heap may become
   * @return whether memory has just become tight
   */
  public synchronized boolean collected(Collected what, long usedBytes, long maxBytes) {
    long percent = 100 * usedBytes / maxBytes;
    if (tight) {
      tight = percent > EASY_PERCENT;
      return false;
    }
    boolean begins = what == Collected.WHOLE && percent > TIGHT_PERCENT;
    if (begins) {
      times.increment();
      tight = true;
    }
    return begins;
  }

  /** Whether new work should be turned away. */
  public boolean isTight() {
    return tight;
  }

  /** How often that has begun. */
  public long times() {
    return times.sum();
  }
}
