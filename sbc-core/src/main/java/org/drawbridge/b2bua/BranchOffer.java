package org.drawbridge.b2bua;

import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Identities;
import org.drawbridge.routing.rule.RouteDecision;
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

    /** No media leg can be had. */
    record Unavailable(String words) implements Result {}
  }

  private final Call call;
  private final Admitted admitted;
  private final RouteDecision.Deliver route;

  BranchOffer(Call call, Admitted admitted, RouteDecision.Deliver route) {
    this.call = call;
    this.admitted = admitted;
    this.route = route;
  }

  /**
   * The INVITE for this candidate over this flow.
   *
   * @param breadth into how many branches it may be forked downstream
   */
  Result make(Candidate candidate, Flow flow, int breadth) {
    String name = "callee-" + call.nextBranch();
    try {
      MediaLeg media = call.media().newLeg(name, kind(candidate, flow), flow.remote().getAddress());
      String sdp = media.makeOffer(call.caller().media());
      Identities identities = Identities.of(call.invite().request(), admitted, route, candidate);
      LegSide side = new LegSide(name, peer(candidate), flow, media);
      return new Result.Ready(new BranchInvite(call, side, identities, sdp, breadth));
    } catch (MediaUnavailableException e) {
      return new Result.Unavailable("No media for another leg: " + e.getMessage());
    }
  }

  private static LegKind kind(Candidate candidate, Flow flow) {
    return switch (candidate) {
      case Candidate.Contact _ -> LegKinds.ofTransport(flow);
      case Candidate.TrunkHost host -> LegKinds.ofTrunk(host.trunk().media());
      case Candidate.Service service ->
          throw new IllegalStateException(service.label() + " has no flow");
    };
  }

  private static Peer peer(Candidate candidate) {
    return switch (candidate) {
      case Candidate.Contact(var binding) -> Peer.of(binding);
      case Candidate.TrunkHost host -> new Peer.OfTrunk(host.trunk(), host.host());
      case Candidate.Service service ->
          throw new IllegalStateException(service.label() + " is no peer");
    };
  }
}
