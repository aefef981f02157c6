package org.drawbridge.ua;

import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;

/**
 * Who is still let in: everybody, unless this program waits for its last call to end. Thread-safe.
 */
public final class Doors {

  private volatile State state = State.OPEN;

  /** For whom they are shut. */
  private enum State {
    OPEN,
    CALLS,
    CALLS_AND_DEVICES
  }

  /** Lets everybody in. */
  public void open() {
    state = State.OPEN;
  }

  /**
   * Turns new calls away.
   *
   * @param devicesToo and registrations, so that devices that know another server go there
   */
  public void shut(boolean devicesToo) {
    state = devicesToo ? State.CALLS_AND_DEVICES : State.CALLS;
  }

  /** Whether a peer that asks had better call elsewhere. */
  boolean areShut() {
    return state != State.OPEN;
  }

  boolean areShutToDevices() {
    return state == State.CALLS_AND_DEVICES;
  }

  /**
   * Whether an INVITE outside a dialog is turned away. One that goes on with a call of ours (RFC
   * 3891) is not, nor an emergency call, which may have nowhere else to go.
   */
  boolean areShutTo(SipRequest invite, Admitted admitted) {
    boolean isUrgent =
        admitted.decision() instanceof RouteDecision.Deliver route
            && route.handling().urgency() != Urgency.NORMAL;
    return areShut() && !isUrgent && !invite.headers().has(HeaderName.REPLACES);
  }
}
