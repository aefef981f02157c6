package org.drawbridge.proxy;

import org.drawbridge.b2bua.CallServices;
import org.drawbridge.limit.Entry;
import org.drawbridge.limit.Hold;
import org.drawbridge.limit.Passage;
import org.drawbridge.limit.Passage.Manner;
import org.drawbridge.limit.Refusal;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * How a call that is passed on meets the limits: it is asked whether it may begin. As a proxy does
 * not see the end of a call, it does not count among the calls at once, nor do its minutes.
 */
final class ProxyLimits {

  private static final Passage.Owner NOBODY =
      new Passage.Owner() {
        @Override
        public void granted(Hold hold) {
          hold.release();
        }

        @Override
        public void preempt() {
          // It has no seat that could be wanted.
        }
      };

  private final Admitted admitted;
  private final @Nullable Passage passage;

  ProxyLimits(CallServices services, Admitted admitted, RouteDecision.Deliver route) {
    this.admitted = admitted;
    this.passage = passage(services, admitted, route);
  }

  /** How the call meets the limits; null if it passes all of them. */
  @Nullable Passage passage() {
    return passage;
  }

  private static @Nullable Passage passage(
      CallServices services, Admitted admitted, RouteDecision.Deliver route) {
    return route.handling().urgency() == Urgency.NORMAL
        ? Passage.of(
            services.meters(), admitted.rules().bounds(), admitted.source(), Manner.UNSEEN, NOBODY)
        : null;
  }

  /** Why the caller's side may not begin a call; null if it may. */
  @Nullable Refusal enter() {
    if (passage == null) {
      return null;
    }
    Entry entry = passage.enter();
    if (entry instanceof Entry.Granted
        && admitted.source() instanceof CallSource.FromTrunk(String name)) {
      Trunk trunk = admitted.rules().trunks().byName(name);
      entry = trunk == null ? entry : passage.from(trunk);
    }
    return entry instanceof Entry.Denied(Refusal refusal) ? refusal : null;
  }
}
