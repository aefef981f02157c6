package org.drawbridge.limit;

import java.util.Map;

/**
 * What a subject uses at one moment.
 *
 * @param calls its calls, those that ring included
 * @param secondsToday talk that is counted, since midnight, s
 * @param refused calls kept out since the start, by the limit in their way
 */
public record MeterFacts(int calls, long secondsToday, Map<LimitKind, Long> refused) {

  /** Of someone who has never called. */
  public static final MeterFacts NONE = new MeterFacts(0, 0, Map.of());

  public MeterFacts {
    refused = Map.copyOf(refused);
  }
}
