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
 * @param contacts how many contacts its account has, where it registers with us; null where we go
 *     to it
 */
public record TrunkStatus(
    String name,
    @Nullable RegistrationStatus registration,
    @Nullable CircuitStatus circuit,
    List<TargetStatus> targets,
    @Nullable Integer contacts) {

  public TrunkStatus {
    targets = List.copyOf(targets);
  }

  /** Of a trunk that we go to. */
  public TrunkStatus(
      String name,
      @Nullable RegistrationStatus registration,
      @Nullable CircuitStatus circuit,
      List<TargetStatus> targets) {
    this(name, registration, circuit, targets, null);
  }

  /** The same of one that registers with us, with this many contacts. */
  public TrunkStatus with(int now) {
    return new TrunkStatus(name, registration, circuit, targets, now);
  }

  /** Whether one that registers with us has not. */
  public boolean isAway() {
    return contacts != null && contacts == 0;
  }
}
