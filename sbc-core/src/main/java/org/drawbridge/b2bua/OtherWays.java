package org.drawbridge.b2bua;

import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.DeviceFlows;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where one attempt may be repeated when it was the way that failed and not the called party: the
 * targets of a trunk's host, or the flows of a device. Shared by the branches of that attempt.
 */
final class OtherWays {

  private final DeviceFlows flows;
  private final @Nullable TrunkTargets targets;
  private @Nullable Candidate otherFlow;

  OtherWays(CallServices services, Candidate candidate) {
    this.flows = new DeviceFlows(services.locations());
    this.targets =
        candidate instanceof Candidate.TrunkHost host ? new TrunkTargets(services, host) : null;
  }

  /** Null for a device. */
  @Nullable TrunkTargets targets() {
    return targets;
  }

  /** The flow of a device was no use; it may have others. */
  void flowFailed(Candidate over) {
    otherFlow = flows.after(over);
  }

  /** What to try after an attempt has failed; null if that failure is the answer to the call. */
  @Nullable Candidate after(Candidate failed) {
    Candidate next = otherFlow;
    otherFlow = null;
    return next == null && targets != null && targets.hasAnother() ? failed : next;
  }

  /** The target kept silent or broke the connection. */
  void targetBroke() {
    if (targets != null) {
      targets.broke();
    }
  }

  /** The target has answered 503. */
  void targetFailed(SipResponse unavailable) {
    if (targets != null) {
      targets.failed(unavailable);
    }
  }

  void stopWaiting() {
    if (targets != null) {
      targets.stopWaiting();
    }
  }

  void heard(SipResponse response) {
    if (targets != null) {
      targets.heard(response);
    }
  }

  void progressed() {
    if (targets != null) {
      targets.progressed();
    }
  }
}
