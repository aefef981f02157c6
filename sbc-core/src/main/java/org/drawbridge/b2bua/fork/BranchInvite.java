package org.drawbridge.b2bua.fork;

import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.LegSide;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.Contacts;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.auth.ChallengeAnswers;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.ReliableResponses;
import org.drawbridge.sip.dialog.SessionTimer;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/** The INVITE of one branch: everything in it is ours but what {@link HeaderPolicy} passes. */
final class BranchInvite {

  private final ForkOwner call;
  private final LegSide side;
  private final String opaque = Tokens.tag();
  private final SessionTimer timer;
  private final boolean isEndToEnd;
  private SipRequest request;
  private final ChallengeAnswers challenges = new ChallengeAnswers();
  private int enlarged;
  private boolean released;

  BranchInvite(
      ForkOwner call, LegSide side, Invitation invitation, Candidate candidate, Terms terms) {
    this.call = call;
    this.side = side;
    this.timer = new SessionTimer(call.rules().session());
    Trunk trunk = candidate.trunk();
    if (trunk != null && !trunk.profile().sessionTimers()) {
      timer.keepQuiet();
    }
    Identities identities = invitation.identities(candidate);
    this.isEndToEnd = identities.isEndToEnd();
    this.request = build(invitation, candidate, identities, terms);
    call.sending(request);
  }

  /**
   * What an INVITE offers.
   *
   * @param sdp the description
   * @param breadth into how many branches it may be forked downstream
   */
  record Terms(String sdp, int breadth) {}

  private SipRequest build(
      Invitation invitation, Candidate candidate, Identities identities, Terms terms) {
    MessageBuilder<SipRequest> out =
        Outgoing.request(invitation.request(), identities, call.services().callIds().get())
            .header(HeaderName.CONTACT, Contacts.of(side.flow(), opaque))
            .header(HeaderName.ALLOW, Replies.allow(candidate.trunk()))
            .header(HeaderName.SUPPORTED, Replies.SUPPORTED)
            .header(HeaderName.SUPPORTED, ReliableResponses.OPTION);
    if (Breadth.isLimited(invitation.request())) {
      out.header(Breadth.HEADER, Integer.toString(terms.breadth()));
    }
    timer.ask(out);
    invitation.complete(candidate, out);
    invitation.describe(out, Sdp.bytes(terms.sdp()));
    return out.build();
  }

  SipRequest request() {
    return request;
  }

  MediaLeg media() {
    return side.media();
  }

  void releaseMedia() {
    if (!released) {
      released = true;
      call.media().release(side.media());
      call.onReleased(side.media());
    }
  }

  /**
   * The INVITE to send after a refusal that asks for something we have: credentials (RFC 3261
   * section 22.2) or a longer session interval (RFC 4028 section 7.4). Null if the refusal stands.
   */
  @Nullable SipRequest repeatAfter(SipResponse refusal, Candidate candidate) {
    MessageBuilder<SipRequest> again =
        switch (refusal.status()) {
          case 401, 407 -> withCredentials(refusal, candidate);
          case 422 -> withLongerSession(refusal);
          default -> null;
        };
    if (again == null) {
      return null;
    }
    long cseq = request.cseq().seq() + 1;
    request = again.replace(HeaderName.CSEQ, CSeq.of(cseq, Method.INVITE).toString()).build();
    return request;
  }

  private @Nullable MessageBuilder<SipRequest> withCredentials(
      SipResponse refusal, Candidate candidate) {
    if (!(candidate instanceof Candidate.TrunkHost host) || host.trunk().credentials() == null) {
      return null;
    }
    return challenges.answer(host.trunk().credentials(), refusal, request);
  }

  private @Nullable MessageBuilder<SipRequest> withLongerSession(SipResponse refusal) {
    if (enlarged == SessionTimer.MAX_ENLARGED || !timer.onTooSmall(refusal)) {
      return null;
    }
    enlarged++;
    MessageBuilder<SipRequest> again = request.edit();
    timer.ask(again);
    return again;
  }

  /** What a refusal means that stands. */
  Failure failure(SipResponse refusal) {
    return isEndToEnd ? Failure.ofHome(refusal) : Failure.of(refusal);
  }

  /** The leg of a dialog that a response has made of it. */
  Leg newLeg(Dialog dialog) {
    return new Leg(call, side, dialog, opaque, timer);
  }
}
