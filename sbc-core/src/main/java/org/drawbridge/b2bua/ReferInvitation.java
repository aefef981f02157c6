package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.fork.Invitation;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.HeaderEdits;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Referral;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * The call that a transfer makes: for the party that remains, on behalf of the one that transfers.
 *
 * @param remaining whose session is offered
 * @param referrer who transfers, without tag
 */
record ReferInvitation(
    Referral referral, RouteDecision.Deliver route, Leg remaining, NameAddr referrer)
    implements Invitation {

  @Override
  public SipRequest request() {
    return referral.request();
  }

  @Override
  public Identities identities(Candidate candidate) {
    return referral.identities(route, candidate);
  }

  @Override
  public @Nullable Gruu device() {
    return referral.device();
  }

  @Override
  public List<String> codecs() {
    return route.handling().codecs();
  }

  @Override
  public MediaLeg offered() {
    return remaining.media();
  }

  @Override
  public void complete(Candidate candidate, MessageBuilder<SipRequest> invite) {
    String referredBy = referral.referredBy(candidate, referrer);
    if (referredBy != null) {
      invite.header(HeaderName.REFERRED_BY, referredBy);
    }
    HeaderEdits.apply(route.changes(), candidate, request(), invite);
  }
}
