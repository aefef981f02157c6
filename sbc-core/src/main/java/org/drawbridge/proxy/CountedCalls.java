package org.drawbridge.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.metrics.Limit;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.reach.CallServices;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one loop that are passed on, for what the limits want to know of them: when they
 * began, were answered and ended. Bounded as calls are; one whose BYE goes another way leaves when
 * its session has run out.
 */
final class CountedCalls {

  private final CallServices services;

  /** Several only where a call came back from whom it was sent to, and each passage counts. */
  private final Map<Key, List<CountedCall>> calls = new HashMap<>();

  private int size;

  /** What the requests of a call have in common: its Call-ID and the tag of who called. */
  record Key(String callId, @Nullable String callerTag) {}

  CountedCalls(CallServices services) {
    this.services = services;
  }

  /** One more call; null where there are as many as there may be. */
  @Nullable CountedCall open(
      ServerTransaction server, Admitted admitted, RouteDecision.Deliver route) {
    SipRequest invite = server.request();
    if (size >= services.limits().calls()) {
      services.counters().hit(Limit.PROXIED_CALLS);
      return null;
    }
    Key key = new Key(invite.callId(), invite.fromTag());
    // One that was answered long ago, under a Call-ID that is used again.
    List.copyOf(calls.getOrDefault(key, List.of())).stream()
        .filter(CountedCall::isAnswered)
        .forEach(CountedCall::end);
    CountedCall call = new CountedCall(this, key, services, server.flow(), admitted, route);
    calls.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(call);
    size++;
    return call;
  }

  /**
   * What a request within a dialog belongs to: the passages of its call; none that is not counted
   * any more.
   */
  List<CountedCall> find(SipRequest request) {
    List<CountedCall> byCaller = calls.get(new Key(request.callId(), request.fromTag()));
    List<CountedCall> found =
        byCaller == null ? calls.get(new Key(request.callId(), request.toTag())) : byCaller;
    return found == null ? List.of() : List.copyOf(found);
  }

  void forget(Key key, CountedCall call) {
    @Nullable List<CountedCall> known = calls.get(key);
    if (known != null && known.remove(call)) {
      size--;
      if (known.isEmpty()) {
        calls.remove(key);
      }
    }
  }

  int size() {
    return size;
  }
}
