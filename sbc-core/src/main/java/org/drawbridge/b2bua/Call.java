package org.drawbridge.b2bua;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.b2bua.fork.ForkOwner;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.LegTable;
import org.drawbridge.limit.Passage;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * One call: the caller's leg, once answered the callee's, the media between them, and the {@link
 * Phase} that says what events mean. Lives on the loop that owns the caller's Call-ID.
 */
final class Call implements ForkOwner {

  private final CallCenter center;
  private ServerTransaction invite;
  private final Ruleset rules;
  private final Peer source;
  private final MediaSession media;
  private final CallSeats seats;
  private final boolean lateOffer;
  private final boolean direct;
  private final long startedAt;
  private final List<String> sent = new ArrayList<>(1);
  private @Nullable ReliableRinging ringing;
  private @Nullable Leg caller;
  private @Nullable Leg callee;
  private @Nullable Phase phase;
  private @Nullable OwnService service;
  private long answeredAt = -1;
  private int branches;
  private boolean joined;
  private boolean over;
  private CallHandling handling = CallHandling.STANDARD;

  /** A call; {@code direct} where its media does not pass through us. */
  Call(
      CallCenter center,
      ServerTransaction invite,
      Ruleset rules,
      Peer source,
      CallSeats seats,
      boolean direct) {
    this.center = center;
    this.invite = invite;
    this.rules = rules;
    this.source = source;
    this.seats = seats;
    seats.begin(this);
    this.startedAt = center.services().loop().now();
    this.direct = direct;
    this.lateOffer = Sdp.of(invite.request()) == null;
    MediaEngine engine = center.services().media();
    this.media =
        direct ? engine.openDirect() : engine.open(id(), center.services().loop(), this::onMedia);
  }

  /** The call that a leg is a side of: there are no other owners of legs. */
  static Call of(Leg leg) {
    if (leg.call() instanceof Call call) {
      return call;
    }
    throw new IllegalStateException(leg.name() + " belongs to no call");
  }

  /** The Call-ID of the caller's leg, which logs know the call by. */
  String id() {
    return invite.request().callId();
  }

  @Override
  public CallServices services() {
    return center.services();
  }

  CallEvents events() {
    return center.events();
  }

  @Override
  public LegTable legs() {
    return center.table();
  }

  /** The configuration the call was decided by. */
  @Override
  public Ruleset rules() {
    return rules;
  }

  /** The INVITE that began it, without its body once the call was answered. */
  @Override
  public ServerTransaction invite() {
    return invite;
  }

  /** Whether media goes past us. */
  @Override
  public boolean isDirect() {
    return direct;
  }

  /** What it has of the limits. */
  CallSeats seats() {
    return seats;
  }

  /** Who called. */
  Peer source() {
    return source;
  }

  @Override
  public MediaSession media() {
    return media;
  }

  /**
   * Whether the caller's INVITE had no offer, so that it gets ours and answers in its ACK (RFC 3264
   * section 4).
   */
  boolean isLateOffer() {
    return lateOffer;
  }

  /** How the caller gets its provisional responses. */
  ReliableRinging ringing() {
    if (ringing == null) {
      ringing = new ReliableRinging(this);
    }
    return ringing;
  }

  Leg caller() {
    if (caller == null) {
      throw new IllegalStateException("the call has no caller yet");
    }
    return caller;
  }

  /** The leg that answered, null before that and when a service of ours did. */
  @Nullable Leg callee() {
    return callee;
  }

  /** The leg at the other end, null if there is none. */
  @Nullable Leg other(Leg leg) {
    return leg == caller ? callee : caller;
  }

  /** The media of the other leg; null while there is none. */
  @Nullable MediaLeg mediaAcross(Leg leg) {
    Leg other = other(leg);
    return other == null ? null : other.media();
  }

  /** The legs there are. */
  @Override
  public List<Leg> all() {
    List<Leg> all = new ArrayList<>(2);
    if (caller != null) {
      all.add(caller);
    }
    if (callee != null) {
      all.add(callee);
    }
    return all;
  }

  void setCaller(Leg leg) {
    caller = leg;
    leg.line().begin(invite.request());
    leg.holds(seats.ofCaller());
    legs().addCaller(leg, invite.request());
  }

  /** The winner of the fork takes the call. */
  void join(Leg leg) {
    callee = leg;
    joined = true;
    legs().add(leg);
  }

  /** A service of ours takes the call. */
  OwnService serve(Candidate.Service wanted) {
    OwnService taken = new OwnService(this, wanted);
    service = taken;
    return taken;
  }

  /** The service of ours that has taken the call, null if none has. */
  @Nullable OwnService service() {
    return joined ? null : service;
  }

  /** Whether a leg is one of the two that are joined; it may have been transferred away. */
  @Override
  public boolean has(Leg leg) {
    return leg == caller || leg == callee;
  }

  /**
   * A leg leaves the call, which goes on. Its dialog stays known until the leg is closed, its media
   * ends.
   */
  void leave(Leg leg) {
    if (leg == caller) {
      caller = null;
    } else {
      callee = null;
    }
    leg.stopTimers();
    leg.release();
    leg.refusePending(487, "The call goes on without this side");
    media.release(leg.media());
  }

  /**
   * A leg takes the place of the one that left.
   *
   * @return whether the other one has to hear that somebody else is there now
   */
  boolean fill(Leg leg) {
    if (caller == null) {
      caller = leg;
    } else {
      callee = leg;
    }
    legs().add(leg);
    Leg remaining = other(leg);
    return remaining != null && remaining.line().meet(leg);
  }

  /** How it is carried. */
  CallHandling handling() {
    return handling;
  }

  /** It is carried otherwise from now on. */
  void handle(CallHandling next) {
    handling = next;
  }

  /** An INVITE goes out for this call. */
  @Override
  public void sending(SipRequest branchInvite) {
    sent.add(branchInvite.callId());
    legs().sent(branchInvite);
  }

  /** Numbers the attempts to reach somebody, from 1. */
  @Override
  public int nextBranch() {
    return ++branches;
  }

  void become(Phase next) {
    phase = next;
  }

  Phase phase() {
    if (phase == null) {
      throw new IllegalStateException("the call has not begun");
    }
    return phase;
  }

  /** When it began, on the loop's clock, ms. */
  long startedAt() {
    return startedAt;
  }

  void markAnswered() {
    answeredAt = services().loop().now();
    seats.talk();
  }

  /** Lets go of the body of the INVITE that began it: it was answered. */
  void shedOffer() {
    invite = invite.withoutBody();
  }

  /** When it was answered, on the loop's clock, ms; -1 if it was not. */
  long answeredAt() {
    return answeredAt;
  }

  @Override
  public boolean isTalking() {
    return phase() instanceof Talk;
  }

  @Override
  public void offerTo(Leg leg) {
    if (phase() instanceof Talk talk) {
      talk.offerTo(leg);
    }
  }

  @Override
  public void moved(Leg leg) {
    events().moved(this, leg);
  }

  @Override
  public Passage onBehalfOf(CallSource by, Urgency urgency) {
    return seats.onBehalfOf(by, urgency);
  }

  @Override
  public void onReleased(MediaLeg released) {
    if (phase() instanceof Setup setup) {
      setup.onReleased(released);
    }
  }

  @Override
  public void skipped(String why) {
    events().skipped(this, why);
  }

  @Override
  public void trying(String route, List<Candidate> candidates) {
    events().route(this, route, candidates);
  }

  @Override
  public void passedOver(Failure failure) {
    events().passedOver(this, failure);
  }

  @Override
  public void redirected(Candidate by, Party to, RouteDecision decision) {
    events().redirected(this, by, to, decision);
  }

  private void onMedia(MediaEvent event) {
    if (!over && phase != null) {
      phase.onMedia(event);
    }
  }

  /** The peer of a leg hung up. */
  void onBye(Leg leg, SipRequest bye) {
    phase().onBye(leg, bye);
  }

  /** Ends the call, whatever it is doing. */
  @Override
  public void end(EndCause cause) {
    if (!over) {
      phase().onEnd(cause);
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }

  /** Nothing more is to be said to anyone: everything it holds is released. */
  void over() {
    if (!over) {
      over = true;
      if (ringing != null) {
        ringing.finish();
      }
      all().forEach(Leg::close);
      sent.forEach(legs()::over);
      media.close();
      seats.release();
      center.forget(this);
    }
  }
}
