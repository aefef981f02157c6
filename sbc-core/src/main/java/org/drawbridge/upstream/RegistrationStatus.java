package org.drawbridge.upstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How our registration with a trunk stands.
 *
 * @param since when it became so
 * @param reason one sentence on how it came to be so
 * @param expires until when the registrar keeps us; null unless it is up
 */
public record RegistrationStatus(
    State state, Instant since, String reason, @Nullable Instant expires) {

  /** What an operator wants to know first. */
  public enum State {
    /** The registrar has not answered yet. */
    TRYING,
    /** It has taken our Contact. */
    UP,
    /** It refused, is not reached, or has let us go; we keep trying. */
    FAILED,
    /** We have taken our Contact back. */
    REMOVED
  }
}
