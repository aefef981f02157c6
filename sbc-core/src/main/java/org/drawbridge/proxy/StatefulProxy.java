package org.drawbridge.proxy;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.drawbridge.limit.Refusal;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.proxy.media.RelayedCall;
import org.drawbridge.proxy.media.RelayedCalls;
import org.drawbridge.proxy.media.RelayedCalls.Opening;
import org.drawbridge.proxy.media.RelayedCalls.Passage;
import org.drawbridge.proxy.media.SessionBodies;
import org.drawbridge.reach.CallServices;
import org.drawbridge.routing.config.MediaPath;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The calls of routes that say {@code mode: proxy} (RFC 3261 section 16): passed on as they are,
 * with our Via and Record-Route. What the later requests of a call need is in the token of the
 * Record-Route; between its transactions nothing is kept of it but that it counts for the limits.
 * Used on one loop.
 */
public final class StatefulProxy {

  private final CallServices services;
  private final Supplier<Ruleset> rules;
  private final Signs signs;

  /** INVITEs without a final response, for their CANCEL; bounded as transactions are. */
  private final Map<ServerTransaction, ResponseContext> invites = new IdentityHashMap<>();

  private final RelayedCalls relays;
  private final CountedCalls counted;

  /**
   * Without requests.
   *
   * @param secret random bytes; the calls of a proxy that had the same go on through this one
   */
  public StatefulProxy(CallServices services, Supplier<Ruleset> rules, byte[] secret) {
    this.services = services;
    this.rules = rules;
    this.signs = new Signs(new FlowTokens(secret), new LoopGuard());
    this.relays = new RelayedCalls(services);
    this.counted = new CountedCalls(services);
  }

  /** How many calls have their media relayed. */
  public int relayed() {
    return relays.size();
  }

  /** How many calls count for the limits. */
  public int counted() {
    return counted.size();
  }

  /** How many INVITEs wait for their final response. */
  public int size() {
    return invites.size();
  }

  /** An INVITE outside a dialog, checked, admitted and routed. */
  public void onNew(ServerTransaction server, Admitted admitted, RouteDecision.Deliver route) {
    SipRequest request = server.request();
    long hash = signs.loops().hash(request, admitted.source());
    if (signs.loops().isLooping(request, hash)) {
      server.respond(Replies.refuse(request, 482, "This request came here before"));
      return;
    }
    if (Breadth.of(request) == 0) {
      server.respond(Replies.refuse(request, 440, "Max-Breadth is used up"));
      return;
    }
    CountedCall call = counted.open(server, admitted, route);
    Refusal full = call == null ? null : call.enter();
    if (call == null) {
      String words = "No more than " + services.limits().calls() + " calls at once";
      server.respond(Replies.refuse(request, 503, words));
    } else if (full != null) {
      server.respond(Replies.refuse(request, full.status(), full.words()));
    } else if (route.handling().media() == MediaPath.DIRECT) {
      begin(server, new NewStages(origin(server, admitted, route, hash), call));
    } else {
      relay(server, origin(server, admitted, route, hash), call);
    }
  }

  private void relay(ServerTransaction server, NewHop.Origin origin, CountedCall counting) {
    switch (relays.open(server, trunk(origin.admitted()))) {
      case Opening.Opened(RelayedCall call) -> {
        call.whenClosed(counting::end);
        begin(server, new NewStages(origin.relaying(call), counting));
      }
      case Opening.Refused(SipResponse response) -> {
        counting.end();
        server.respond(response);
      }
    }
  }

  private NewHop.Origin origin(
      ServerTransaction server, Admitted admitted, RouteDecision.Deliver route, long hash) {
    return new NewHop.Origin(services, server, admitted, route, signs, hash, null);
  }

  private static @Nullable Trunk trunk(Admitted admitted) {
    return admitted.source() instanceof CallSource.FromTrunk(String name)
        ? admitted.rules().trunks().byName(name)
        : null;
  }

  /** A request with a To tag; false if its dialog does not pass through here. */
  public boolean onInDialog(ServerTransaction server) {
    LooseRoute route = LooseRoute.of(server.request(), signs.tokens());
    if (route == null) {
      return false;
    }
    SipResponse refusal = RequestChecks.passing(server.request());
    if (refusal != null) {
      server.respond(refusal);
      return true;
    }
    if (server.request().method() != Method.BYE || !isHeld(server, route)) {
      pass(server, route);
    }
    return true;
  }

  private boolean isHeld(ServerTransaction bye, LooseRoute route) {
    return counted.find(bye.request()).stream()
        .anyMatch(call -> call.holds(bye.request(), () -> pass(bye, route)));
  }

  private void pass(ServerTransaction server, LooseRoute route) {
    switch (passage(server.request(), server.flow(), route)) {
      case Passage.Through(SessionBodies bodies) ->
          begin(
              server,
              new DialogStages(
                  hop(server.request(), route, bodies), counted.find(server.request())));
      case Passage.Refused(SipResponse response) -> server.respond(response);
    }
  }

  /** What the media of a call says to a request within it. */
  private Passage passage(SipRequest request, Flow flow, LooseRoute route) {
    String relay = route.relay();
    return relay == null
        ? Passage.AS_IT_IS
        : relays.inDialog(
            relay, request, flow, hop(request, route, SessionBodies.AS_THEY_ARE).device());
  }

  private DialogHop hop(SipRequest request, LooseRoute route, SessionBodies bodies) {
    return new DialogHop(services, rules.get(), request, route, bodies);
  }

  private void begin(ServerTransaction server, Stages stages) {
    boolean isInvite = server.request().method() == Method.INVITE;
    ResponseContext context =
        new ResponseContext(services, server, stages, () -> invites.remove(server));
    if (isInvite) {
      invites.put(server, context);
    }
    context.start();
  }

  /** The ACK of a 2xx; false if its dialog does not pass through here. */
  public boolean onAck(SipRequest ack, Flow from) {
    LooseRoute route = LooseRoute.of(ack, signs.tokens());
    if (route == null) {
      return false;
    }
    if (ack.maxForwards() != 0
        && passage(ack, from, route) instanceof Passage.Through(SessionBodies bodies)) {
      DialogHop hop = hop(ack, route, bodies);
      hop.obtain(
          result -> {
            if (result instanceof FlowResult.Obtained(var flow)) {
              flow.send(hop.ack(flow));
            }
          });
    }
    return true;
  }

  /** An INVITE is taken back; false if it is none of those that pass through here. */
  public boolean onCancel(ServerTransaction invite, SipRequest cancel) {
    ResponseContext context = invites.get(invite);
    if (context == null) {
      return false;
    }
    context.cancel(reason(cancel));
    return true;
  }

  private static @Nullable String reason(SipRequest cancel) {
    List<String> reasons = HeaderPolicy.reasons(cancel);
    return reasons.isEmpty() ? null : String.join(", ", reasons);
  }

  /** The stream an unanswered INVITE came on has closed; false if it does not pass through here. */
  public boolean onLost(ServerTransaction invite) {
    ResponseContext context = invites.get(invite);
    if (context == null) {
      return false;
    }
    context.lost();
    return true;
  }
}
