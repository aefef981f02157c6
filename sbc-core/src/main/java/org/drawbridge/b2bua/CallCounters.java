package org.drawbridge.b2bua;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to calls since the start. Thread-safe; one for all loops. */
public final class CallCounters {

  /** What is counted. */
  public enum Kind {
    /** INVITEs that began a call. */
    RECEIVED,
    /** Calls answered. */
    ANSWERED,
    /** Calls refused here before anyone was asked. */
    REFUSED,
    /** Calls refused because a cap was reached. */
    OVERLOADED,
    /** Calls that nobody took. */
    FAILED,
    /** Calls the caller gave up. */
    CANCELLED,
    /** Answered calls that ended. */
    ENDED
  }

  private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

  /** All at zero. */
  public CallCounters() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  void count(Kind kind) {
    adder(kind).increment();
  }

  /** How often it happened. */
  public long get(Kind kind) {
    return adder(kind).sum();
  }

  private LongAdder adder(Kind kind) {
    LongAdder adder = counts.get(kind);
    if (adder == null) {
      throw new IllegalStateException("not counted: " + kind);
    }
    return adder;
  }
}
