package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.fork.Invitation;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.CallHistory;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.HeaderEdits;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Location;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** The caller's own INVITE and offer. */
record CallerInvitation(Call call, Admitted admitted, RouteDecision.Deliver route)
    implements Invitation {

  @Override
  public SipRequest request() {
    return call.invite().request();
  }

  @Override
  public Identities identities(Candidate candidate) {
    return Identities.of(request(), admitted, route, candidate);
  }

  @Override
  public List<String> codecs() {
    return route.handling().codecs();
  }

  @Override
  public MediaLeg offered() {
    return call.caller().media();
  }

  @Override
  public void complete(Candidate candidate, MessageBuilder<SipRequest> invite) {
    CallHistory.pass(request(), admitted, candidate, invite);
    if (isUrgent()) {
      Location.passHeaders(request(), invite);
    }
    HeaderEdits.apply(route.changes(), candidate, request(), invite);
  }

  @Override
  public void describe(MessageBuilder<SipRequest> invite, byte[] sdp) {
    if (isUrgent()) {
      Location.describe(request(), invite, sdp);
    } else {
      Invitation.super.describe(invite, sdp);
    }
  }

  private boolean isUrgent() {
    return route.handling().urgency() != Urgency.NORMAL;
  }

  @Override
  public @Nullable Gruu device() {
    return admitted.device();
  }
}
