package org.drawbridge.b2bua;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.drawbridge.metrics.Counter;
import org.drawbridge.metrics.Counters;

/** Counts what happens to calls since the start. Thread-safe; one for all loops. */
public final class CallCounters {

  private static final String NAME = "drawbridge_calls_total";

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

  private final Counters registry;
  private final Map<Kind, Counter> counts = new EnumMap<>(Kind.class);

  /** All at zero, shown nowhere else. */
  public CallCounters() {
    this(new Counters());
  }

  /** Shown among other counters. */
  public CallCounters(Counters registry) {
    this.registry = registry;
    for (Kind kind : Kind.values()) {
      String event = kind.name().toLowerCase(Locale.ROOT);
      counts.put(kind, registry.count(NAME, "Calls by what became of them", "event", event));
    }
  }

  /** All counters among which these are. */
  public Counters registry() {
    return registry;
  }

  void count(Kind kind) {
    counter(kind).increment();
  }

  /** How often it happened. */
  public long get(Kind kind) {
    return counter(kind).get();
  }

  private Counter counter(Kind kind) {
    Counter counter = counts.get(kind);
    if (counter == null) {
      throw new IllegalStateException("not counted: " + kind);
    }
    return counter;
  }
}
