package org.drawbridge.b2bua.fork;

import java.time.Duration;
import java.util.function.Consumer;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.reach.CallServices;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.TargetWalk;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.RetryAfter;

/**
 * The targets of a trunk's host that one call is tried at, one after the other (RFC 3263 section
 * 4.3). The next one is tried only as long as the caller cannot have heard of the one before.
 */
final class TrunkTargets {

  private final CallServices services;
  private final Candidate.TrunkHost host;
  private final TargetWalk walk;
  private boolean isToBlame;
  private boolean hasProgressed;

  TrunkTargets(CallServices services, Candidate.TrunkHost host) {
    this.services = services;
    this.host = host;
    this.walk =
        new TargetWalk(
            services.flows(),
            Outgoing.destination(host.trunk(), host.host(), services.trunks()),
            services.loop());
  }

  /** A flow to the next target. */
  void next(Consumer<FlowResult> result) {
    isToBlame = false;
    hasProgressed = false;
    walk.next(
        found -> {
          if (found instanceof FlowResult.Unreachable(String reason)) {
            report(TargetWalk.AVOIDED, reason);
          }
          result.accept(found);
        });
  }

  /** The flow for an INVITE of this size: see {@link TargetWalk#carrier}. */
  void carrier(Flow flow, int bytes, Consumer<Flow> result) {
    walk.carrier(flow, bytes, result);
  }

  /** The caller has heard of this target. */
  void progressed() {
    hasProgressed = true;
  }

  /** This target kept silent or broke the connection. */
  void broke() {
    walk.broke();
    blame(TargetWalk.AVOIDED);
  }

  /**
   * This target has answered 503: others are tried before it for as long as it says. Where it does
   * not, another takes this call and later ones begin there all the same (RFC 3261 section 21.5.4).
   */
  void failed(SipResponse unavailable) {
    Duration time = RetryAfter.of(unavailable);
    walk.failed(time);
    blame(time);
  }

  private void blame(Duration time) {
    isToBlame = true;
    if (!walk.hasNext() && time.isPositive()) {
      report(time, "a call could not be placed there");
    }
  }

  /** The last target of the host is of no use: later calls prefer other hosts. */
  private void report(Duration time, String reason) {
    services.trunks().failed(host.trunk(), host.host(), time, reason);
  }

  /** A response came. One that says the server takes no calls is no sign of its health. */
  void heard(SipResponse response) {
    if (response.status() != 503) {
      services.trunks().answered(host.trunk(), host.host());
    }
  }

  /** Whether the call may be tried at another target, and there is one. */
  boolean hasAnother() {
    return isToBlame && !hasProgressed && walk.hasNext();
  }
}
