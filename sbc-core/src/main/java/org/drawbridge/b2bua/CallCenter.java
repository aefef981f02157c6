package org.drawbridge.b2bua;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.drawbridge.b2bua.fork.JoinInvitation;
import org.drawbridge.b2bua.fork.Redirects;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.LegSide;
import org.drawbridge.b2bua.leg.LegTable;
import org.drawbridge.limit.Refusal;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.metrics.Limit;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.ConnectedIdentity;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.policy.Sdp;
import org.drawbridge.policy.Warnings;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.ExpectedMedia;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.config.MediaPath;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.SessionTimer;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** All calls of one signalling loop. Used on that loop only. */
public final class CallCenter {

  private final CallServices services;
  private final CallEvents events;
  private final RecentRefusals refusals = new RecentRefusals();
  private final LegTable legs = new LegTable();
  private final Set<Call> calls = new HashSet<>();
  private final Heirs heirs = new Heirs();

  /** Without calls. */
  public CallCenter(CallServices services, CallCounters counters) {
    this.services = services;
    this.events = new CallEvents(counters);
  }

  CallServices services() {
    return services;
  }

  CallEvents events() {
    return events;
  }

  LegTable table() {
    return legs;
  }

  /** How many legs there are: dialogs that are known. */
  public int legs() {
    return legs.size();
  }

  /** What can be told of the calls that are wanted; of no more than so many. */
  public List<CallFacts> facts(Predicate<CallFacts> wanted, int most) {
    return calls.stream().map(CallFacts::of).filter(wanted).limit(most).toList();
  }

  /** How many calls are wanted, of those that there are now. */
  public int count(Predicate<CallFacts> wanted) {
    return Math.toIntExact(calls.stream().map(CallFacts::of).filter(wanted).count());
  }

  /**
   * Begins the recording of a call, and says what came of it.
   *
   * @param id its Call-ID; empty is the answer where no call of this loop has it
   * @param directory where the file goes, null for where its route says
   */
  public Optional<RecordOutcome> record(String id, @Nullable Path directory) {
    return find(id).map(call -> RecordOutcome.begin(call, directory));
  }

  /** Ends the recording of a call, and says what came of it; empty as for {@link #record}. */
  public Optional<RecordOutcome> endRecording(String id) {
    return find(id).map(RecordOutcome::end);
  }

  private Optional<Call> find(String id) {
    return calls.stream().filter(call -> call.id().equals(id)).findFirst();
  }

  /** How many calls there are, those that are just ending included. */
  public int size() {
    return calls.size();
  }

  /** How many wait until another call is answered, to take the place of its caller. */
  public int waiting() {
    return heirs.size();
  }

  /** An INVITE outside a dialog, checked and admitted. */
  public void onInvite(ServerTransaction invite, Admitted admitted) {
    SipRequest request = invite.request();
    SipResponse refusal = refusal(request);
    if (refusal != null) {
      refuse(invite, refusal);
      return;
    }
    if (request.headers().has(HeaderName.REPLACES)) {
      new Replacement(this, invite, admitted).follow();
    } else {
      route(invite, admitted);
    }
  }

  /** Sends an INVITE where the rules say, or refuses it. */
  void route(ServerTransaction invite, Admitted admitted) {
    SipRequest request = invite.request();
    switch (admitted.decision()) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          refuse(invite, Replies.refuse(request, status, reason + " (route " + route + ")"));
      case RouteDecision.Deliver route -> begin(invite, admitted, route, null);
    }
  }

  /** Logs and sends the refusal of an INVITE that becomes no call. */
  public void refuse(ServerTransaction invite, SipResponse refusal) {
    String warning = refusal.headers().first(HeaderName.WARNING);
    String why = warning == null ? null : Warnings.text(warning);
    refuse(invite, refusal, Objects.requireNonNullElse(why, refusal.reason()));
  }

  /**
   * The same with words of its own for the log.
   *
   * @param why may say what is not the caller's business
   */
  public void refuse(ServerTransaction invite, SipResponse refusal, String why) {
    invite.respond(refusal);
    if (refusals.isNew(invite.request(), services.loop().now())) {
      events.refused(invite.request(), invite.flow(), refusal.status(), why);
    }
  }

  private @Nullable SipResponse refusal(SipRequest request) {
    if (legs.isMerged(request)) {
      return Replies.refuse(request, 482, "This request came here by two ways");
    }
    if (legs.isOurs(request)) {
      return Replies.refuse(request, 482, "This request was sent from here");
    }
    if (Breadth.of(request) == 0) {
      return Replies.refuse(request, 440, "Max-Breadth is used up");
    }
    if (calls.size() >= services.limits().calls()) {
      services.counters().hit(Limit.CALLS);
      return Replies.refuse(
          request, 503, "No more than " + services.limits().calls() + " calls at once");
    }
    return RequestChecks.sessionBody(request, services.counters());
  }

  /** Another call of ours wants to be joined with one of these, or asks who is there. */
  public void onInside(ServerTransaction transaction) {
    if (transaction.request().method() == Method.OPTIONS) {
      FarSide.tell(legs, transaction);
    } else {
      Takeover.follow(legs, heirs, transaction);
    }
  }

  /** Who has sent it. */
  Peer peer(ServerTransaction invite, Admitted admitted) {
    return Peer.of(
        admitted.source(), invite.flow(), services.locations(), admitted.rules().trunks());
  }

  /**
   * Begins a call.
   *
   * @param join the dialog whose party it takes the place of, null for none
   */
  void begin(
      ServerTransaction invite,
      Admitted admitted,
      RouteDecision.Deliver route,
      Candidate.@Nullable Dialog join) {
    Flow flow = invite.flow();
    Peer peer = peer(invite, admitted);
    CallSeats seats = new CallSeats(services, admitted, route.handling().urgency());
    Refusal full = seats.enter(peer);
    if (full != null) {
      refuse(invite, Replies.refuse(invite.request(), full.status(), full.words()));
      return;
    }
    Call call =
        new Call(this, invite, admitted.rules(), peer, seats, isDirect(invite.request(), route));
    calls.add(call);
    events.received(call, flow);
    SipResponse refusal = prepare(call, peer);
    if (refusal != null) {
      call.over();
      refuse(invite, refusal);
      return;
    }
    Redirects redirects =
        join == null
            ? new Redirects(
                call, route, seats.passage(), next -> new CallerInvitation(call, admitted, next))
            : JoinInvitation.way(
                call,
                call.caller(),
                ConnectedIdentity.shownAs(peer.address(invite.request().from())),
                join,
                route);
    call.handle(route.handling());
    Setup setup = new Setup(call, redirects);
    call.become(setup);
    setup.start();
  }

  /**
   * Whether media may go past us. A browser's cannot, since only we speak its kind to a phone, and
   * neither can that of a call without an offer, since the first offer is then ours, nor that of a
   * caller who does not want to show where its media is.
   */
  private boolean isDirect(SipRequest invite, RouteDecision.Deliver route) {
    String offer = Sdp.of(invite);
    return route.handling().media() == MediaPath.DIRECT
        && offer != null
        && !Identities.hidesMedia(invite)
        && !services.media().kindOf(offer).isWebRtc();
  }

  /** Makes the caller's leg and takes its offer; returns why that cannot be done. */
  private @Nullable SipResponse prepare(Call call, Peer peer) {
    SipRequest request = call.invite().request();
    Flow flow = call.invite().flow();
    Dialog dialog = Dialog.uas(request, flow, Tokens.tag());
    SessionTimer timer = new SessionTimer(call.rules().session());
    Trunk trunk = peer.trunk();
    if (trunk != null && !trunk.profile().sessionTimers()) {
      timer.keepQuiet();
    }
    if (timer.isTooSmall(request)) {
      return timer.tooSmall(dialog, request).build();
    }
    String sdp = Sdp.of(request);
    try {
      MediaPeer known = ExpectedMedia.of(trunk);
      LegKind kind = ExpectedMedia.ofCaller(trunk, flow, sdp, services.media());
      MediaLeg media = call.media().newLeg("caller", kind, known, flow.remote().getAddress());
      if (trunk != null) {
        media.dtmf(ExpectedMedia.ofTrunk(trunk.profile().dtmf()));
      }
      Leg caller =
          new Leg(call, new LegSide("caller", peer, flow, media), dialog, Tokens.tag(), timer);
      caller.learn(request);
      call.setCaller(caller);
      return sdp != null
              && media.receiveOffer(sdp) instanceof SdpOutcome.Refused(int status, String reason)
          ? Replies.refuse(request, status, reason)
          : null;
    } catch (MediaUnavailableException e) {
      return Replies.refuse(request, 503, "No media for another call: " + e.getMessage());
    }
  }

  /** A request with a To tag. */
  public void onInDialog(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    Leg leg = legs.find(request);
    if (leg == null) {
      transaction.respondStateless(Replies.refuse(request, 481, "There is no such call"));
      return;
    }
    if (leg.flowWatch().isForeign(transaction.flow())) {
      transaction.respondStateless(Replies.refuse(request, 403, "This call is over TLS"));
      return;
    }
    if (!leg.dialog().onRequest(request)) {
      transaction.respond(Replies.refuse(request, 500, "This request comes out of order"));
      return;
    }
    leg.timers().onRequest();
    leg.flowWatch().moveTo(transaction.flow());
    SipResponse refusal = RequestChecks.inDialog(request);
    if (refusal != null) {
      transaction.respond(refusal);
    } else if (request.method() != Method.BYE) {
      Call.of(leg).phase().onRequest(leg, transaction);
    } else if (!HomeBye.follow(leg, transaction)) {
      leg.markHungUp();
      transaction.respond(leg.response(request, 200).build());
      Call.of(leg).onBye(leg, request);
    }
  }

  /** The ACK of a 2xx; one that belongs to no call is dropped. */
  public void onAck(SipRequest ack, Flow flow) {
    Leg leg = legs.find(ack);
    if (leg != null && !leg.flowWatch().isForeign(flow)) {
      leg.flowWatch().moveTo(flow);
      if (leg.timers().onAck(ack)) {
        Call.of(leg).phase().onAck(leg, ack);
      }
    }
  }

  /** An INVITE, first or later in its dialog, is taken back. */
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    Leg leg = legs.findInvite(invite.request());
    if (leg == null) {
      heirs.withdraw(invite);
    } else {
      Call.of(leg).phase().onCancel(leg, invite, cancel);
    }
  }

  /** The stream an unanswered INVITE came on has closed. */
  public void onLost(ServerTransaction invite) {
    Leg leg = legs.findInvite(invite.request());
    if (leg != null && Call.of(leg).phase() instanceof Setup setup) {
      setup.onEnd(EndCause.gone(leg, "The caller's connection is gone"));
    }
  }

  /**
   * A stream is gone. Calls on it wait a little for their peer to come back: shortly if a page left
   * in order, longer for all others.
   */
  public void onFlowClosed(Flow flow, CloseCause cause, String reason) {
    legs.on(flow).forEach(leg -> leg.flowWatch().onClosed(cause, reason));
  }

  /** Hangs up on everyone, as before a stop. */
  public void endAll(String why) {
    List.copyOf(calls).forEach(call -> call.end(EndCause.here(why)));
  }

  void forget(Call call) {
    calls.remove(call);
  }
}
