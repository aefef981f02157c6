package org.drawbridge.proxy;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.b2bua.CallServices;
import org.drawbridge.metrics.Limit;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one loop that are passed on, for what the limits want to know of them: when they
 * began, were answered and ended. Bounded as calls are; one whose BYE goes another way leaves when
 * its session has run out.
 */
final class CountedCalls {

  private final CallServices services;
  private final Map<Key, CountedCall> calls = new HashMap<>();

  /** What the requests of a call have in common: its Call-ID and the tag of who called. */
  record Key(String callId, @Nullable String callerTag) {}

  CountedCalls(CallServices services) {
    this.services = services;
  }

  /** One more call; null where there are as many as there may be. */
  @Nullable CountedCall open(SipRequest invite, Admitted admitted, RouteDecision.Deliver route) {
    if (calls.size() >= services.limits().calls()) {
      services.counters().hit(Limit.PROXIED_CALLS);
      return null;
    }
    Key key = new Key(invite.callId(), invite.fromTag());
    CountedCall call = new CountedCall(this, key, services, admitted, route);
    CountedCall before = calls.put(key, call);
    if (before != null) {
      before.end();
    }
    return call;
  }

  /** The call that a request within a dialog belongs to; null if it is not counted any more. */
  @Nullable CountedCall find(SipRequest request) {
    CountedCall byCaller = calls.get(new Key(request.callId(), request.fromTag()));
    return byCaller == null ? calls.get(new Key(request.callId(), request.toTag())) : byCaller;
  }

  void forget(Key key, CountedCall call) {
    calls.remove(key, call);
  }

  int size() {
    return calls.size();
  }
}
