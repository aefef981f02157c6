package org.drawbridge.limit;

import org.drawbridge.routing.limit.Limits;

/** Which limit keeps a call out. */
public enum LimitKind {
  /** Calls at once. */
  CALLS,
  /** New calls in a time. */
  RATE,
  /** Minutes of talk today. */
  MINUTES;

  /** The limit in words, to follow "is at its limit of". */
  String words(Limits limits) {
    return switch (this) {
      case CALLS -> limits.calls() + " calls at once";
      case RATE -> limits.rate() + " new calls";
      case MINUTES -> limits.minutesADay() + " minutes a day";
    };
  }
}
