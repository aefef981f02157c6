package org.drawbridge.metrics;

import java.util.Locale;

/** Bounds that are counted where they are hit; {@code docs/limits.md} tells of all. */
public enum Limit {
  /** Calls of a loop. */
  CALLS,
  /** Calls of a loop that are passed on with their media relayed. */
  PROXIED_CALLS,
  /** Devices of an account that ring at once. */
  BRANCHES,
  /** Messages and the like of one account in a time, or of all strangers. */
  MESSAGES,
  /** Media for callers who do not acknowledge our answer, and send nothing. */
  UNACKNOWLEDGED_MEDIA,
  /** Parts of the body of a request, and multiparts within one another. */
  BODY_PARTS;

  /** The value of the label {@code limit}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
