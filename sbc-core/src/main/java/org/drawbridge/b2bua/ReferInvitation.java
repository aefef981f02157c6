package org.drawbridge.b2bua;

import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Referral;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;

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
  public MediaLeg offered() {
    return remaining.media();
  }

  /** Referred-By (RFC 3892) is for our accounts; it would name an account of ours to a trunk. */
  @Override
  public void complete(Candidate candidate, MessageBuilder<SipRequest> invite) {
    if (candidate instanceof Candidate.Contact) {
      invite.header(HeaderName.REFERRED_BY, referrer.withDisplayName(null).toString());
    }
  }
}
