package org.drawbridge.routing.config;

import java.util.Set;

/**
 * When a call that failed at one target goes on to the next.
 *
 * @param codes final status codes, 400 to 699, that do
 * @param noAnswer whether running out of ring time does
 */
public record FailurePolicy(Set<Integer> codes, boolean noAnswer) {

  /** No failure leads anywhere else. */
  public static final FailurePolicy STOP = new FailurePolicy(Set.of(), false);

  public FailurePolicy {
    codes = Set.copyOf(codes);
  }

  /** Whether a target's final {@code status} sends the call on to the next target. */
  public boolean nextAfter(int status) {
    return codes.contains(status);
  }
}
