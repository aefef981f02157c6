package org.drawbridge.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Device;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one device: when one turns out to be gone, the next is tried, one after the other
 * (RFC 5626 section 7). Belongs to one attempt.
 */
public final class DeviceFlows {

  /** How often a device that is gone is looked for, in ms. */
  public static final long RETURN_MILLIS = 500;

  private final LocationService locations;
  private final Set<Tried> failed = new HashSet<>();

  /** A flow, or where there is none, the proxy that a device is behind. */
  private record Tried(FlowId flow, List<String> path) {
    static Tried of(Binding binding) {
      return new Tried(binding.flow(), binding.path());
    }
  }

  /** None has failed yet. */
  public DeviceFlows(LocationService locations) {
    this.locations = locations;
  }

  /** Whether a device whose flow is gone would be known when it signs in again. */
  public static boolean mayReturn(Candidate gone) {
    return gone instanceof Candidate.Contact(var binding, _) && binding.instance() != null;
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
    if (!(candidate instanceof Candidate.Contact contact)) {
      return null;
    }
    locations.flowFailed(contact.binding());
    return other(contact);
  }

  /**
   * What to try in place of a candidate to which there is no connection; null if there is nothing.
   * It is forgotten, unless a proxy has to be connected to, which may be there again in a moment.
   */
  public @Nullable Candidate afterUnreachable(Candidate candidate) {
    return candidate instanceof Candidate.Contact contact && contact.binding().isByPath()
        ? other(contact)
        : after(candidate);
  }

  /**
   * Has the CANCEL of a request go to where its device is now, if that has signed in over another
   * flow since: the old one leads nowhere, though nobody may have said so yet.
   */
  public void follow(Candidate candidate, ClientTransaction sent, Flows network) {
    Flow now = candidate instanceof Candidate.Contact(Binding was, _) ? moved(was, network) : null;
    if (now != null) {
      sent.follow(now);
    }
  }

  private @Nullable Flow moved(Binding was, Flows network) {
    List<Binding> bindings = locations.lookup(was.aor());
    if (bindings.stream().anyMatch(binding -> binding.flow().equals(was.flow()))) {
      return null;
    }
    return bindings.stream()
        .filter(Device.of(was)::is)
        .map(binding -> network.find(binding.flow()))
        .filter(flow -> flow != null && flow.isOpen())
        .findFirst()
        .orElse(null);
  }

  private @Nullable Candidate other(Candidate.Contact contact) {
    Binding binding = contact.binding();
    if (binding.instance() == null) {
      return null;
    }
    failed.add(Tried.of(binding));
    for (Binding other : locations.lookup(binding.aor())) {
      if (binding.instance().equals(other.instance()) && !failed.contains(Tried.of(other))) {
        return new Candidate.Contact(other, contact.line());
      }
    }
    return null;
  }
}
