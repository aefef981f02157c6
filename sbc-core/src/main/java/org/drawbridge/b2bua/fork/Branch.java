package org.drawbridge.b2bua.fork;

import java.util.Objects;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.DeviceFlows;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Paths;
import org.drawbridge.policy.Sdp;
import org.drawbridge.reach.CallServices;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach one candidate: its flow, its media leg with an offer of its own, its INVITE.
 * Tells its owner of progress and then of exactly one end: an answer or a failure. Once given up it
 * ends by itself, and hangs up on whoever answers all the same (RFC 3261 section 13.2.2.4).
 */
public final class Branch implements Attempt, ResponseListener {

  private enum State {
    CONNECTING,
    CALLING,
    /** Its device has lost its connection and may be back in a moment. */
    RETURNING,
    /** Answered by a trunk that wants the ACK and all that follows somewhere else. */
    ROUTING,
    ANSWERED,
    GIVEN_UP,
    OVER
  }

  private final CallServices services;
  private final BranchOwner owner;
  private final Candidate candidate;
  private final BranchOffer offer;
  private final OtherWays ways;
  private State state = State.CONNECTING;
  private int breadth = 1;
  private @Nullable BranchInvite invite;
  private @Nullable EarlyDialogs dialogs;
  private @Nullable ClientTransaction transaction;
  private @Nullable Leg leg;
  private @Nullable Timer comeback;

  Branch(CallServices services, BranchOwner owner, Candidate candidate, BranchOffer offer) {
    this(services, owner, candidate, offer, new OtherWays(services, candidate));
  }

  private Branch(
      CallServices services,
      BranchOwner owner,
      Candidate candidate,
      BranchOffer offer,
      OtherWays ways) {
    this.services = services;
    this.owner = owner;
    this.candidate = candidate;
    this.offer = offer;
    this.ways = ways;
  }

  /**
   * After it has failed: the same attempt at the next target of the trunk's host, or over another
   * flow of the device. Null if there is none, or if the failure is the answer to the call.
   */
  @Nullable Branch retry() {
    Candidate next = ways.after(candidate);
    return next == null ? null : new Branch(services, owner, next, offer, ways);
  }

  /** Whom it calls. */
  public Candidate candidate() {
    return candidate;
  }

  /**
   * Begins; the owner may hear of a failure before this returns.
   *
   * @param breadthLeft into how many branches it may be forked downstream (RFC 5393)
   */
  void start(int breadthLeft) {
    breadth = breadthLeft;
    switch (candidate) {
      case Candidate.Contact(var binding, _) ->
          ProxyPath.obtain(services.flows(), binding, services.loop(), this::onFlow);
      case Candidate.TrunkHost _ -> Objects.requireNonNull(ways.targets()).next(this::onFlow);
      case Candidate.Dialog dialog -> call(services.flows().toOwner(dialog.replaces().callId()));
      case Candidate.Service service ->
          throw new IllegalStateException(service.label() + " is answered here");
    }
  }

  private void onFlow(FlowResult result) {
    if (state != State.CONNECTING) {
      return;
    }
    switch (result) {
      case FlowResult.Obtained(Flow flow) -> call(flow);
      case FlowResult.Unreachable(String reason) -> {
        ways.unreachable(candidate);
        fail(Failure.noWay(candidate, "The connection to the called account is gone", reason));
      }
    }
  }

  private void call(Flow flow) {
    switch (offer.make(candidate, flow, ways.media(candidate, flow), breadth)) {
      case BranchOffer.Result.Unavailable(Failure failure) -> fail(failure);
      case BranchOffer.Result.Ready(BranchInvite ready) -> {
        invite = ready;
        TrunkTargets targets = ways.targets();
        if (targets == null) {
          send(ready, ready.request(), flow);
          ways.await(this::onSilence);
        } else {
          int bytes = ready.request().wire().length;
          targets.carrier(flow, bytes, carrier -> onCarrier(flow, carrier));
        }
      }
    }
  }

  /** A large INVITE goes over TCP, and then names TCP in its Contact too. */
  private void onCarrier(Flow flow, Flow carrier) {
    if (state != State.CONNECTING) {
      return;
    }
    if (carrier == flow) {
      send(invite(), invite().request(), flow);
      ways.await(this::onSilence);
      return;
    }
    invite().releaseMedia();
    switch (offer.make(candidate, carrier, ways.media(candidate, carrier), breadth)) {
      case BranchOffer.Result.Unavailable(Failure failure) -> fail(failure);
      case BranchOffer.Result.Ready(BranchInvite ready) -> {
        invite = ready;
        send(ready, ready.request(), carrier);
        ways.await(this::onSilence);
      }
    }
  }

  private void onSilence() {
    if (state == State.CALLING) {
      ways.targetBroke();
      cancel(null);
      fail(Failure.timeout());
    }
  }

  private void send(BranchInvite ready, SipRequest request, Flow flow) {
    state = State.CALLING;
    closeDialogs();
    TransactionLayer layer = services.transactions();
    dialogs = new EarlyDialogs(layer, ready, candidate);
    transaction = layer.send(Paths.along(candidate, services.trunks(), request), flow, this);
  }

  private void closeDialogs() {
    if (dialogs != null) {
      dialogs.close();
    }
  }

  @Override
  public void giveUp(@Nullable String reason) {
    ways.stopWaiting();
    switch (state) {
      case CONNECTING -> {
        state = State.OVER;
        if (invite != null) {
          invite.releaseMedia();
        }
      }
      case CALLING -> {
        state = State.GIVEN_UP;
        closeDialogs();
        invite().releaseMedia();
        cancel(reason);
      }
      case ROUTING -> {
        state = State.GIVEN_UP;
        leg().close();
        invite().releaseMedia();
      }
      case RETURNING -> {
        state = State.OVER;
        Objects.requireNonNull(comeback).cancel();
      }
      case ANSWERED, GIVEN_UP, OVER -> {}
    }
  }

  /** What comes of the INVITE is not ours to hear any more. */
  private void cancel(@Nullable String reason) {
    ways.follow(candidate, transaction());
    transaction().cancel(reason);
    transaction().handOver(dialogs().rest(reason));
  }

  @Override
  public void onResponse(ClientTransaction from, SipResponse response) {
    if (from != transaction) {
      return; // of an attempt that was repeated with credentials
    }
    ways.heard(response);
    if (state != State.CALLING) {
      return; // a 2xx again, whose ACK follows as soon as there is a way
    }
    ways.stopWaiting();
    if (response.isSuccess()) {
      leg = dialogs().answered(response, transaction());
      route(response);
    } else {
      onProvisionalOrFailure(response);
    }
  }

  private void onProvisionalOrFailure(SipResponse response) {
    if (response.status() == 100) {
      return;
    }
    if (response.isProvisional()) {
      ways.progressed();
      if (dialogs().onProvisional(response, transaction())) {
        owner.onProgress(this, response);
      }
      return;
    }
    SipRequest again = invite().repeatAfter(response, candidate);
    if (again == null) {
      onRefused(response);
    } else {
      send(invite(), again, transaction().flow());
    }
  }

  private void onRefused(SipResponse refusal) {
    if (candidate instanceof Candidate.TrunkHost) {
      // What answers behind a trunk's proxy all the same would wait for an ACK, and talk to nobody.
      transaction().expectLateAnswer(dialogs().rest(null));
    }
    if (DeviceFlows.isFlowFailure(refusal.status())) {
      flowFailed(
          Failure.noWay(candidate, "The way to the called device is gone", "it answered 430"));
      return;
    }
    ways.refused(refusal, offer.isDirect() ? LegKind.LINK : media().kind());
    fail(invite().failure(refusal));
  }

  private void route(SipResponse response) {
    Destination next = candidate instanceof Candidate.TrunkHost ? leg().elsewhere() : null;
    if (next == null) {
      answered(response);
      return;
    }
    state = State.ROUTING;
    services.flows().obtain(next, services.loop(), result -> onRoute(result, response));
  }

  /** Where the way cannot be had, the host that was called is the best there is. */
  private void onRoute(FlowResult result, SipResponse response) {
    if (result instanceof FlowResult.Obtained(Flow flow)) {
      leg().routeOver(flow);
    }
    if (state == State.ROUTING) {
      answered(response);
    } else {
      leg().discard();
    }
  }

  private void answered(SipResponse response) {
    if (!offer.isDirect() && ways.takesNone(description(response), media())) {
      leg().discard();
      leg().close();
      fail(Failure.ofStatus(488, "The called side takes none of the media that was offered"));
      return;
    }
    state = State.ANSWERED;
    owner.onAnswer(this, response);
  }

  @Override
  public void onFailure(ClientTransaction from, TransactionFailure failure) {
    if (from != transaction || state != State.CALLING) {
      return;
    }
    if (failure != TransactionFailure.OVERLOADED) {
      ways.targetBroke();
    }
    Failure words = Failure.unanswered(failure, candidate.label());
    switch (failure) {
      case OVERLOADED -> fail(words);
      case TIMEOUT -> flowFailed(words);
      case FLOW_CLOSED -> {
        state = State.RETURNING;
        closeDialogs();
        invite().releaseMedia();
        awaitReturn(words, services.limits().leftGraceMillis());
      }
    }
  }

  /**
   * A device that has changed networks while it rang, or whose page was loaded anew, signs in again
   * within seconds and then rings again.
   */
  private void awaitReturn(Failure words, long millisLeft) {
    ways.unreachable(candidate);
    boolean isBack = ways.hasOtherFlow();
    if (isBack || millisLeft <= 0 || !DeviceFlows.mayReturn(candidate)) {
      fail(words);
    } else {
      long pause = Math.min(millisLeft, DeviceFlows.RETURN_MILLIS);
      comeback = services.loop().schedule(pause, () -> awaitReturn(words, millisLeft - pause));
    }
  }

  /** The device may be reached over another of its flows. */
  private void flowFailed(Failure failure) {
    ways.flowFailed(candidate);
    fail(failure);
  }

  private void fail(Failure failure) {
    state = State.OVER;
    ways.stopWaiting();
    closeDialogs();
    if (invite != null) {
      invite.releaseMedia();
    }
    owner.onFailed(this, failure.by(candidate.label()));
  }

  /** The media leg; there is one as soon as progress or an answer was told. */
  public MediaLeg media() {
    return invite().media();
  }

  /** The dialog of the answer; there is one as soon as the answer was told. */
  public Leg leg() {
    return Objects.requireNonNull(leg, "not answered");
  }

  /**
   * What the peer has answered to our offer in a final response, or before it where that has
   * nothing; null if nothing, or if it was changed by an UPDATE since.
   */
  public @Nullable String description(SipResponse answer) {
    EarlyDialog early = dialogs().of(answer);
    String sdp = Sdp.of(answer);
    return early == null || sdp != null && !early.isChanged() ? sdp : early.answer();
  }

  /** The early dialog of a response, null if it made none. */
  public @Nullable EarlyDialog early(SipResponse response) {
    return dialogs().of(response);
  }

  /** The flow it is called over. */
  Flow flow() {
    return transaction().flow();
  }

  private EarlyDialogs dialogs() {
    return Objects.requireNonNull(dialogs, "not called yet");
  }

  private BranchInvite invite() {
    return Objects.requireNonNull(invite, "not called yet");
  }

  private ClientTransaction transaction() {
    return Objects.requireNonNull(transaction, "not called yet");
  }
}
