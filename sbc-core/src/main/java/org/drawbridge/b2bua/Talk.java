package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.PictureInfo;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** An answered call: both sides may change the session, send each other requests, and hang up. */
final class Talk implements Phase {

  /** Less than a peer has for its first ICE check, which may be counted from a little before. */
  private static final long UNREACHED_MILLIS = 1_000 * MediaEvent.FIRST_CHECK_SECONDS - 1_000;

  /** How long who was silent before the answer may take to send. */
  private static final long FIRST_MEDIA_MILLIS = 2_000;

  private final Call call;
  private final Renegotiation renegotiation;
  private final Transfers transfers;

  /**
   * A call just answered.
   *
   * @param realign whether the caller's session no longer fits the callee's and needs an offer once
   *     the caller has ACKed
   */
  Talk(Call call, boolean realign) {
    this.call = call;
    this.renegotiation = new Renegotiation(call, realign);
    this.transfers = new Transfers(call, renegotiation);
  }

  /**
   * Gives the caller its 200 with this description, null for none. One that has left the call to
   * another, which comes in its place, has its final response.
   */
  void start(@Nullable String sdp) {
    boolean isCallerHere = !call.caller().isHungUp();
    call.markAnswered();
    if (isCallerHere) {
      renegotiation.answerFirst(sdp);
    }
    call.shedOffer();
    Leg callee = call.callee();
    if (callee != null) {
      callee.startTimers();
      if (isCallerHere) {
        renegotiation.tellOfCaller();
      }
    }
  }

  /** Offers the callee what the caller has, unless it has been told that. */
  void alignCallee() {
    Leg callee = call.callee();
    if (callee != null) {
      renegotiation.align(callee);
    }
  }

  /** Whether a party is being transferred. */
  boolean isTransferring() {
    return transfers.isBusy();
  }

  /** Another call of ours takes the place of a party. */
  void replace(Leg replaced, Leg joining) {
    transfers.replace(replaced, joining);
  }

  /** Offers a leg what the other side has now, as a session refresh. */
  void offerTo(Leg leg) {
    renegotiation.offerTo(leg);
  }

  @Override
  public void onRequest(Leg leg, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (!call.has(leg)) {
      outside(leg, transaction);
      return;
    }
    switch (request.method()) {
      case INVITE, UPDATE -> renegotiation.onChange(leg, transaction);
      case INFO -> KeyInfo.take(call, leg, transaction);
      case MESSAGE -> RelayedRequest.relay(call, leg, transaction);
      case REFER -> transfers.onRefer(leg, transaction);
      case NOTIFY -> transfers.onNotify(leg, transaction);
      case OPTIONS -> Circle.onOptions(call, leg, transaction);
      case PRACK -> acknowledgeRinging(transaction);
      case BYE, ACK, CANCEL, REGISTER, SUBSCRIBE, PUBLISH, EXTENSION ->
          transaction.respond(
              Replies.refuse(request, 405, request.methodToken() + " is not served in a call"));
    }
  }

  /** Of a leg that was transferred away, or of a target that has not answered yet. */
  private static void outside(Leg leg, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (!leg.dialog().isEarly()) {
      transaction.respond(Replies.refuse(request, 481, "The call was transferred"));
    } else if (request.method() == Method.UPDATE && request.bodyLength() == 0) {
      transaction.respond(leg.response(request, 200).build());
    } else {
      transaction.respond(Replies.refuse(request, 500, "The call is not answered yet"));
    }
  }

  /** Of a response without a description that was overtaken by the answer. */
  private void acknowledgeRinging(ServerTransaction prack) {
    if (call.ringing().onPrack(prack) != null) {
      prack.respond(call.caller().response(prack.request(), 200).build());
    }
  }

  @Override
  public void onAck(Leg leg, SipRequest ack) {
    renegotiation.onAck(leg, ack);
  }

  @Override
  public void onCancel(Leg leg, ServerTransaction invite, SipRequest cancel) {
    renegotiation.onCancel(leg);
  }

  @Override
  public void onBye(Leg leg, SipRequest bye) {
    if (call.has(leg) && !transfers.goesOnWithout(leg)) {
      onEnd(EndCause.hungUp(leg, HeaderPolicy.reasons(bye)));
    }
  }

  @Override
  public void onMedia(MediaEvent event) {
    if (call.all().stream().noneMatch(leg -> leg.media() == event.leg())) {
      return; // of a branch that lost, told before its release
    }
    String name = event.leg().label();
    switch (event) {
      case MediaEvent.Key(var from, char key, int millis) -> KeyInfo.send(call, from, key, millis);
      case MediaEvent.PictureWanted(var shown) -> PictureInfo.send(call, shown);
      case MediaEvent.Started _ -> call.events().media(call, name);
      case MediaEvent.Failed(var _, String reason) ->
          onEnd(EndCause.here("Media of " + name + " failed: " + reason));
      case MediaEvent.Unreached(MediaLeg leg, String missing) -> onUnreached(leg, missing);
      case MediaEvent.Played(var _, String problem) -> onPlayed(name, problem);
      case MediaEvent.Silent(MediaLeg leg, long millis) -> onSilent(leg, millis);
    }
  }

  /** Some send nothing while it rings: they have a moment from the 200 on, and it is told again. */
  private void onSilent(MediaLeg leg, long millis) {
    if (call.services().loop().now() - call.answeredAt() >= FIRST_MEDIA_MILLIS) {
      onEnd(MediaLoss.silent(leg, millis));
    }
  }

  /** Some peers take no early answer: they have as long from the 200 on. */
  private void onUnreached(MediaLeg leg, String missing) {
    if (call.services().loop().now() - call.answeredAt() >= UNREACHED_MILLIS) {
      onEnd(MediaLoss.unreached(leg, missing));
    }
  }

  private void onPlayed(String name, @Nullable String problem) {
    if (call.service() != null) {
      onEnd(OwnService.over(problem));
    } else if (problem != null) {
      call.events().unplayed(call, name, problem);
    }
  }

  @Override
  public void onEnd(EndCause cause) {
    @Nullable Leg by = cause.by();
    if (by != null && (!call.has(by) || transfers.goesOnWithout(by))) {
      return;
    }
    transfers.abandon(cause);
    call.events().ended(call, cause);
    call.seats().release();
    Ending ending = new Ending(call);
    call.become(ending);
    ending.start(cause);
  }
}
