package org.drawbridge.sip.dns;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What came of questions to name servers since the start. Thread-safe. */
public final class DnsCounters {

  /** One thing that is counted. */
  public enum Kind {
    /** Questions that were asked, not answered from what was kept. */
    QUESTIONS,
    /** Those of them to which no server gave an answer in time, or an error. */
    UNANSWERED,
    /** Those of them for which an older answer was taken. */
    STALE,
    /** Domains of which some hosts were left out, since they have more than are tried. */
    TOO_MANY_TARGETS
  }

  private final LongAdder[] counts =
      Stream.generate(LongAdder::new).limit(Kind.values().length).toArray(LongAdder[]::new);

  /** How often it happened. */
  public long get(Kind kind) {
    return counts[kind.ordinal()].sum();
  }

  void count(Kind kind) {
    counts[kind.ordinal()].increment();
  }
}
