package org.drawbridge.upstream;

import java.time.Instant;

/**
 * Whether calls go to a trunk or, since too many of them failed, past it.
 *
 * @param since when this became so
 * @param reason what led to it
 */
public record CircuitStatus(State state, Instant since, String reason) {

  /** As in a fuse box. */
  public enum State {
    /** Calls go there. */
    CLOSED,
    /** Calls go past it. */
    OPEN,
    /** One call tries it. */
    HALF_OPEN
  }
}
