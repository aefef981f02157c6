package org.drawbridge.proxy;

import org.drawbridge.b2bua.CallServices;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.transaction.ServerTransaction;

/** Sends MESSAGE requests outside dialogs on to those they are for. */
public final class MessageRelay {

  private final CallServices services;

  /** Relays of one loop. */
  public MessageRelay(CallServices services) {
    this.services = services;
  }

  /** A MESSAGE, checked and admitted. */
  public void onMessage(ServerTransaction message, Admitted admitted) {
    switch (admitted.decision()) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          message.respond(
              Replies.refuse(message.request(), status, reason + " (route " + route + ")"));
      case RouteDecision.Deliver route -> {
        TargetPlan plan = new TargetPlan(route, services.locations(), services.limits().branches());
        new RelayedMessage(services, message, admitted, route, plan).start();
      }
    }
  }
}
