package org.drawbridge.proxy;

import org.drawbridge.limit.Passage;
import org.drawbridge.metrics.Limit;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.reach.CallServices;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** Sends requests outside dialogs, which make none, on to those they are for. */
public final class MessageRelay {

  private final CallServices services;

  /** Relays of one loop. */
  public MessageRelay(CallServices services) {
    this.services = services;
  }

  /** A MESSAGE, PUBLISH, OPTIONS or NOTIFY for somebody else, checked and admitted. */
  public void onMessage(ServerTransaction message, Admitted admitted) {
    switch (admitted.decision()) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          message.respond(
              Replies.refuse(message.request(), status, reason + " (route " + route + ")"));
      case RouteDecision.Deliver route when isTooMany(admitted, route) -> refuse(message);
      case RouteDecision.Deliver route when isForDevices(message, route) ->
          message.respond(Replies.refuse(message.request(), 489, "Nothing is published here"));
      case RouteDecision.Deliver route -> {
        TargetPlan plan =
            new TargetPlan(
                    route, services.locations(), services.trunks(), services.limits().branches())
                .only(admitted.device())
                .counting(services.counters())
                .through(limits(message, admitted, route));
        new RelayedMessage(services, message, admitted, route, plan).start();
      }
    }
  }

  private boolean isTooMany(Admitted admitted, RouteDecision.Deliver route) {
    return route.handling().urgency() == Urgency.NORMAL
        && !services.meters().takesMessage(admitted.source());
  }

  /** Nothing is kept of these: they would take the places of what others ask. */
  private void refuse(ServerTransaction message) {
    services.counters().hit(Limit.MESSAGES);
    message.refuseOnce(true);
    message.respond(
        Replies.refuse(message.request(), 503, "Too many messages of one sender in a short time"));
  }

  /** Each MESSAGE through a trunk costs, as a call does; what else passes here is free. */
  private @Nullable Passage limits(
      ServerTransaction message, Admitted admitted, RouteDecision.Deliver route) {
    return message.request().method() == Method.MESSAGE
            && route.handling().urgency() == Urgency.NORMAL
        ? Passage.ofMessage(services.meters(), admitted.rules().bounds(), admitted.source())
        : null;
  }

  /** A phone is no place to publish to (RFC 3903 section 3): it has nobody to tell. */
  private static boolean isForDevices(ServerTransaction message, RouteDecision.Deliver route) {
    return message.request().method() == Method.PUBLISH
        && route.targets().stream().noneMatch(RouteTarget.ToTrunk.class::isInstance);
  }
}
