package org.drawbridge.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Something that is counted since the start. Any thread may count; nothing is allocated by it. */
public final class Counter {

  private final LongAdder count = new LongAdder();

  /** One more. */
  public void increment() {
    count.increment();
  }

  /** So many more; never fewer. */
  public void add(long amount) {
    count.add(amount);
  }

  /** How often it happened; may miss what other threads count just now. */
  public long get() {
    return count.sum();
  }
}
