package org.drawbridge.routing.limit;

import java.time.Duration;

/**
 * How many new calls there may be in a time.
 *
 * @param count new calls
 * @param per in this time: a second, a minute or an hour
 * @param burst how many may come at once after a rest
 */
public record Rate(int count, Duration per, int burst) {

  /** As it is written: {@code 5/s}. */
  @Override
  public String toString() {
    String unit =
        switch ((int) per.toSeconds()) {
          case 1 -> "s";
          case 60 -> "m";
          default -> "h";
        };
    return count + "/" + unit;
  }
}
