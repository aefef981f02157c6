package org.drawbridge.routing.limit;

import org.jspecify.annotations.Nullable;

/**
 * What bounds the calls of a trunk, an account, a group of accounts or everybody.
 *
 * @param calls most calls at once; 0 for no bound
 * @param rate most new calls in a time, or null for no bound
 * @param minutesADay most minutes of talk from midnight to midnight; 0 for no bound
 * @param destinations where its calls may go
 * @param answer the status of a refusal, or 0 for what is usual
 */
public record Limits(
    int calls, @Nullable Rate rate, int minutesADay, Destinations destinations, int answer) {

  /** No bounds. */
  public static final Limits NONE = new Limits(0, null, 0, Destinations.ALL, 0);

  /** As above, for calls to everywhere. */
  public Limits(int calls, @Nullable Rate rate, int minutesADay, int answer) {
    this(calls, rate, minutesADay, Destinations.ALL, answer);
  }

  /** These with another bound of calls at once. */
  public Limits withCalls(int most) {
    return new Limits(most, rate, minutesADay, destinations, answer);
  }
}
