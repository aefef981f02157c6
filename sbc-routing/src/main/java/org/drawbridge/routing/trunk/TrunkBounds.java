package org.drawbridge.routing.trunk;

import org.drawbridge.routing.limit.Limits;

/**
 * What keeps calls from a trunk although it answers.
 *
 * @param limits how much of it may be used
 */
public record TrunkBounds(Limits limits) {

  /** Nothing. */
  public static final TrunkBounds NONE = new TrunkBounds(Limits.NONE);
}
