package org.drawbridge.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a trunk at one moment.
 *
 * @param name its key in the configuration
 * @param registration null where we do not register with it
 * @param circuit whether calls go past it since too many failed; null where nobody looks
 * @param targets in the order of the configuration
 */
public record TrunkStatus(
    String name,
    @Nullable RegistrationStatus registration,
    @Nullable CircuitStatus circuit,
    List<TargetStatus> targets) {

  public TrunkStatus {
    targets = List.copyOf(targets);
  }
}
