package org.drawbridge.routing.trunk;

import org.drawbridge.routing.limit.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What keeps calls from a trunk although it answers.
 *
 * @param limits how much of it may be used
 * @param breaker when it is left alone since its calls fail; null for never
 */
public record TrunkBounds(Limits limits, @Nullable Breaker breaker) {

  /** Nothing. */
  public static final TrunkBounds NONE = new TrunkBounds(Limits.NONE, null);
}
