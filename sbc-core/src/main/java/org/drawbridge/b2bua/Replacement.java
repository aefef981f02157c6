package org.drawbridge.b2bua;

import org.drawbridge.b2bua.fork.JoinInvitation;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Replies;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.HeaderValue;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * An INVITE with Replaces from outside (RFC 3891): a party of one of our calls wants to go on with
 * it here, or a phone of a PBX wants a call that the PBX has told it of.
 */
final class Replacement {

  private final CallCenter center;
  private final ServerTransaction invite;
  private final Admitted admitted;
  private final Peer peer;

  Replacement(CallCenter center, ServerTransaction invite, Admitted admitted) {
    this.center = center;
    this.invite = invite;
    this.admitted = admitted;
    this.peer = center.peer(invite, admitted);
  }

  /** Follows or refuses it. */
  void follow() {
    SipRequest request = invite.request();
    if (peer instanceof Peer.Stranger) {
      refuse(Replies.refuse(request, 403, "Only a party of a call may replace itself"));
    } else if (HeaderGrammar.replaces(request.headers())
        instanceof HeaderValue.Present<Replaces>(Replaces named)) {
      follow(named);
    } else {
      refuse(Replies.refuse(request, 400, "Replaces needs a Call-ID and both tags"));
    }
  }

  private void refuse(SipResponse refusal) {
    center.refuse(invite, refusal);
  }

  /**
   * What a phone of a PBX names that is none of its own calls it knows from its PBX, as that of a
   * key that shows another phone ring (RFC 5359 section 2.15), and the PBX knows which is meant.
   */
  private void follow(Replaces named) {
    if (peer.home(admitted.rules()) != null) {
      FarSide.askIfOwn(center.services(), named, peer, isOwn -> follow(named, isOwn));
    } else {
      follow(named, true);
    }
  }

  private void follow(Replaces named, boolean isOurs) {
    if (isOurs) {
      var join = new Candidate.Dialog(named, peer.label());
      center.begin(invite, admitted, JoinInvitation.route(CallHandling.STANDARD), join);
    } else {
      center.route(invite, admitted);
    }
  }
}
