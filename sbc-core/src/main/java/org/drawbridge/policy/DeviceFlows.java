package org.drawbridge.policy;

import java.util.HashSet;
import java.util.Set;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one device: when one turns out to be gone, the next is tried, one after the other
 * (RFC 5626 section 7). Belongs to one attempt.
 */
public final class DeviceFlows {

  private final LocationService locations;
  private final Set<FlowId> failed = new HashSet<>();

  /** None has failed yet. */
  public DeviceFlows(LocationService locations) {
    this.locations = locations;
  }

  /** Whether a status says that the flow failed, and nothing of the device. */
  public static boolean isFlowFailure(int status) {
    return status == 430;
  }

  /**
   * What to try in place of a candidate whose flow failed, which is forgotten; null if there is
   * nothing.
   */
  public @Nullable Candidate after(Candidate candidate) {
    if (!(candidate instanceof Candidate.Contact(Binding binding))) {
      return null;
    }
    locations.flowFailed(binding);
    if (binding.instance() == null) {
      return null;
    }
    failed.add(binding.flow());
    for (Binding other : locations.lookup(binding.aor())) {
      if (binding.instance().equals(other.instance()) && !failed.contains(other.flow())) {
        return new Candidate.Contact(other);
      }
    }
    return null;
  }
}
