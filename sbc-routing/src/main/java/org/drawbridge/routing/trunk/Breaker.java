package org.drawbridge.routing.trunk;

import java.time.Duration;

/**
 * When a trunk whose calls fail is left alone for a while.
 *
 * @param percent share of failed calls that opens the circuit, 1 to 100
 * @param of how many calls are looked at: the last ones
 * @param within the time in which they must all have ended
 * @param pause how long the trunk is left alone before one call tries it
 */
public record Breaker(int percent, int of, Duration within, Duration pause) {

  /** Half of twenty calls in half a minute; half a minute of rest. */
  public static final Breaker STANDARD =
      new Breaker(50, 20, Duration.ofSeconds(30), Duration.ofSeconds(30));
}
