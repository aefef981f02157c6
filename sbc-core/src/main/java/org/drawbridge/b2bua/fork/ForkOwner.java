package org.drawbridge.b2bua.fork;

import java.util.List;
import org.drawbridge.b2bua.leg.LegOwner;
import org.drawbridge.limit.Passage;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.SipRequest;

/** The call that somebody is looked for, as the attempts to reach them need to know it. */
public interface ForkOwner extends LegOwner {

  /** Its media. */
  MediaSession media();

  /** Whether media goes past us. */
  boolean isDirect();

  /** Numbers the attempts to reach somebody, from 1. */
  int nextBranch();

  /** How those are let in whom who redirects the call has named: as calls of that one. */
  Passage onBehalfOf(CallSource by, Urgency urgency);

  /** An INVITE goes out for this call. */
  void sending(SipRequest branchInvite);

  /** An attempt has ended, and its media leg is released. */
  void onReleased(MediaLeg media);

  /** A target is left out since it is known not to answer. */
  void skipped(String why);

  /** Candidates of a route are tried. */
  void trying(String route, List<Candidate> candidates);

  /** None of them took it, and others are tried. */
  void passedOver(Failure failure);

  /**
   * Who was called names somebody else.
   *
   * @param decision what the rules say to that
   */
  void redirected(Candidate by, Party to, RouteDecision decision);
}
