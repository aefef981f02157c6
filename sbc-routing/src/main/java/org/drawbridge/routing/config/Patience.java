package org.drawbridge.routing.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the calls of a route wait.
 *
 * @param ring longest wait at one target, or null for that of the {@code call} section
 * @param total longest wait for an answer at all targets together, or null for no end
 */
public record Patience(@Nullable Duration ring, @Nullable Duration total) {

  /** As the {@code call} section says. */
  public static final Patience USUAL = new Patience(null, null);
}
