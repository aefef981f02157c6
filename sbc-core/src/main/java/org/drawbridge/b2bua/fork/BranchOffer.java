package org.drawbridge.b2bua.fork;

import java.util.List;
import org.drawbridge.b2bua.leg.LegSide;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.reach.ExpectedMedia;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;

/**
 * Makes what each branch of a call sends: a media leg and an offer of its own, and the INVITE
 * around it.
 */
final class BranchOffer {

  /** What came of it. */
  sealed interface Result {
    /** An INVITE to be sent. */
    record Ready(BranchInvite invite) implements Result {}

    /** No media leg can be had, or none that the route allows. */
    record Unavailable(Failure failure) implements Result {}
  }

  private final ForkOwner call;
  private final Invitation invitation;

  BranchOffer(ForkOwner call, Invitation invitation) {
    this.call = call;
    this.invitation = invitation;
  }

  /**
   * The INVITE for this candidate over this flow.
   *
   * @param kind how its media is expected to be carried
   * @param breadth into how many branches it may be forked downstream
   */
  Result make(Candidate candidate, Flow flow, LegKind kind, int breadth) {
    String name = "callee-" + call.nextBranch();
    try {
      MediaPeer known = ExpectedMedia.of(candidate);
      MediaLeg media = call.media().newLeg(name, kind, known, flow.remote().getAddress());
      List<String> codecs = codecs(candidate);
      media.limitCodecs(codecs);
      Trunk trunk = candidate.trunk();
      if (trunk != null) {
        media.dtmf(ExpectedMedia.ofTrunk(trunk.profile().dtmf()));
      }
      if (!media.canOffer(invitation.offered())) {
        call.media().release(media);
        String words = "The route allows none of the offered codecs, but " + codecs;
        return new Result.Unavailable(Failure.ofStatus(488, words));
      }
      var terms = new BranchInvite.Terms(media.makeOffer(invitation.offered()), breadth);
      LegSide side = new LegSide(name, peer(candidate), flow, media);
      return new Result.Ready(new BranchInvite(call, side, invitation, candidate, terms));
    } catch (MediaUnavailableException e) {
      String words = "No media for another leg: " + e.getMessage();
      return new Result.Unavailable(Failure.ofStatus(503, words));
    }
  }

  /**
   * Whether media goes past us: then what is offered is the caller's word, and not ours to change.
   */
  boolean isDirect() {
    return call.isDirect();
  }

  private List<String> codecs(Candidate candidate) {
    Trunk trunk = candidate.trunk();
    return trunk == null ? invitation.codecs() : trunk.profile().codecs(invitation.codecs());
  }

  private Peer peer(Candidate candidate) {
    return switch (candidate) {
      case Candidate.Contact contact -> Peer.of(contact, call.rules().trunks());
      case Candidate.TrunkHost host -> new Peer.OfTrunk(host.trunk(), host.host());
      case Candidate.Dialog _ -> new Peer.Inner();
      case Candidate.Service service ->
          throw new IllegalStateException(service.label() + " is no peer");
    };
  }
}
