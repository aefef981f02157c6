package org.drawbridge.b2bua.fork;

import java.time.Duration;
import java.util.List;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.ConnectedIdentity;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.reach.CallServices;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;

/**
 * Invites a call of our own, on whichever loop it lives, to take this one in place of a party it
 * has (RFC 3891).
 *
 * @param offered whose session is offered
 * @param side who that is, as somebody knew it who leaves the call
 */
public record JoinInvitation(ForkOwner call, MediaLeg offered, ConnectedIdentity side)
    implements Invitation {

  /** Says, inside only, for whom the dialog is replaced: the label of a {@code Peer}. */
  public static final String ON_BEHALF_OF = "X-Drawbridge-On-Behalf-Of";

  private static final SipUri HERE = SipUri.of("join", "inner.invalid", -1);

  /** One that still rings may do so for a while, as that of any transfer. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(3);

  /** The way there: nobody else is tried. */
  public static RouteDecision.Deliver route(CallHandling handling) {
    Party here = new Party("join", HERE.bareHost());
    return new RouteDecision.Deliver(
        "replaces",
        here,
        here,
        List.of(),
        new RouteDecision.Persistence(ANSWER_LIMIT, null, FailurePolicy.STOP),
        handling,
        RequestChanges.NONE);
  }

  /** The way to the call that is to be joined, and no other. */
  public static Redirects way(
      ForkOwner call,
      Leg joining,
      ConnectedIdentity side,
      Candidate.Dialog other,
      RouteDecision.Deliver route) {
    CallServices services = call.services();
    JoinInvitation invitation = new JoinInvitation(call, joining.media(), side);
    TargetPlan plan =
        new TargetPlan(other, route.onFailure(), services.locations(), services.trunks());
    Way only = new Way(route, plan, new BranchOffer(call, invitation), List.of());
    return new Redirects(call, route, invitation, only);
  }

  @Override
  public SipRequest request() {
    return call.invite().request();
  }

  @Override
  public Identities identities(Candidate candidate) {
    return new Identities(
        HERE, NameAddr.of(HERE), NameAddr.of(HERE), null, false, false, false, false);
  }

  @Override
  public void complete(Candidate candidate, MessageBuilder<SipRequest> invite) {
    side.pass(invite);
    if (candidate instanceof Candidate.Dialog(var replaces, String by)) {
      invite.header(HeaderName.REPLACES, replaces.toString()).header(ON_BEHALF_OF, by);
    }
  }
}
