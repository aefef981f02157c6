package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Changes of an answered call's session by re-INVITE and UPDATE (RFC 3261 section 14, RFC 3311):
 * what concerns only the peer's own transport or refreshes the session is answered here, the rest
 * is offered to the other side first.
 */
final class Renegotiation {

  private static final String UNANSWERED = "The other side has not answered our first offer";

  private final Call call;
  private final CallAudio audio;
  private boolean realign;

  /** The offer of one side that the other thinks about. */
  private @Nullable RelayedOffer relayed;

  /**
   * Of a call just answered.
   *
   * @param realign whether the caller gets a new offer once it has ACKed
   */
  Renegotiation(Call call, boolean realign) {
    this.call = call;
    this.realign = realign;
    this.audio = new CallAudio(call);
  }

  /** Gives the caller the 200 to its first INVITE. */
  void answerFirst(@Nullable String sdp) {
    if (call.caller().media().isNegotiated()) {
      audio.onConnected();
    }
    if (sdp != null && call.isLateOffer()) {
      call.caller().acceptWithOffer(call.invite(), sdp);
    } else {
      call.caller().accept(call.invite(), sdp);
    }
  }

  /** A re-INVITE or UPDATE. */
  void onChange(Leg from, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    SipResponse refusal = refusal(from, request);
    if (refusal != null) {
      transaction.respond(refusal);
      return;
    }
    from.learn(request);
    from.line().hear(request);
    boolean isOther = isOther(from);
    RelayedOffer before = relayed;
    String sdp = Sdp.of(request);
    if (sdp == null) {
      withoutOffer(from, transaction);
    } else if (!from.flowWatch().takeMove() && from.media().isRefresh(sdp)) {
      from.accept(transaction, from.media().localDescription());
    } else {
      receive(from, transaction, sdp);
    }
    boolean isInOffer = relayed != null && relayed != before;
    if (isOther && !isInOffer) {
      tell(from);
    }
  }

  /** Whether the other side is to be told that somebody else is on this one now. */
  private boolean isOther(Leg from) {
    Leg other = call.other(from);
    return other != null && from.line().takeChange() && other.line().show(from);
  }

  private void tell(Leg from) {
    Leg other = call.other(from);
    if (other != null) {
      other.line().tell();
    }
  }

  /** A side has agreed to the offer of the other: what answers that says who is there now. */
  void showTo(Leg offering, Leg agreed) {
    if (agreed.line().takeChange()) {
      offering.line().show(agreed);
    }
  }

  /** A side has answered an offer of ours, and has perhaps said that it is another than before. */
  void onAnswered(Leg leg) {
    if (isOther(leg)) {
      tell(leg);
    }
  }

  /** The callee, which has only just answered, hears who the caller has become meanwhile. */
  void tellOfCaller() {
    if (isOther(call.caller())) {
      tell(call.caller());
    }
  }

  private @Nullable SipResponse refusal(Leg from, SipRequest request) {
    SipResponse body = RequestChecks.sessionBody(request, call.services().counters());
    if (body != null) {
      return body;
    }
    if (from.timers().session().isTooSmall(request)) {
      return from.timers().session().tooSmall(from.dialog(), request).build();
    }
    if (request.method() == Method.UPDATE && Sdp.of(request) == null) {
      return null;
    }
    return switch (from.exchange()) {
      case IDLE -> isAgreedWith(call.other(from)) ? null : Replies.refuse(request, 491, UNANSWERED);
      case OFFERING, AWAITING_ANSWER ->
          Replies.refuse(request, 491, "Both sides change the session at once");
      case ANSWERING -> Replies.refuse(request, 500, "An earlier change is not answered yet");
    };
  }

  /** Not while the answer to a late offer is yet to come, in an ACK. */
  private static boolean isAgreedWith(@Nullable Leg other) {
    return other == null || other.media().isNegotiated();
  }

  /** An UPDATE without SDP refreshes; a re-INVITE without SDP asks us for an offer. */
  private void withoutOffer(Leg from, ServerTransaction transaction) {
    if (transaction.request().method() == Method.UPDATE) {
      from.refresh(transaction);
      return;
    }
    MediaLeg source = call.mediaAcross(from);
    if (from.media().canOffer(source)) {
      from.acceptWithOffer(transaction, from.media().makeOffer(source));
    } else {
      transaction.respond(Replies.refuse(transaction.request(), 491, "Nobody to talk to yet"));
    }
  }

  private void receive(Leg from, ServerTransaction transaction, String sdp) {
    boolean local = from.media().changesOnlyTransport(sdp);
    if (from.media().receiveOffer(sdp) instanceof SdpOutcome.Refused(int status, String reason)) {
      transaction.respond(Replies.refuse(transaction.request(), status, reason));
      return;
    }
    Leg other = call.other(from);
    if (local || other == null) {
      answer(from, transaction);
    } else if (other.exchange() == Leg.Exchange.IDLE) {
      RelayedOffer offer = new RelayedOffer(call, this, from, other, transaction);
      relayed = offer;
      offer.start();
    } else {
      from.media().rollback();
      transaction.respond(
          Replies.refuse(transaction.request(), 491, "The other side changes the session"));
    }
  }

  /** Answers the pending offer of a leg by what the other side has agreed to. */
  void answer(Leg from, ServerTransaction transaction) {
    switch (from.media().makeAnswer(call.mediaAcross(from))) {
      case AnswerOutcome.Answer(String answer) -> {
        connect();
        from.accept(transaction, answer);
      }
      case AnswerOutcome.Refused(int status, String reason) -> {
        from.media().rollback();
        from.idle();
        transaction.respond(Replies.refuse(transaction.request(), status, reason));
      }
    }
  }

  /** Carries media by what was last agreed, if both sides have agreed to anything. */
  void connect() {
    List<Leg> both = call.all();
    if (both.size() == 2 && both.stream().allMatch(Renegotiation::isAgreedWith)) {
      call.media().bridge(both.getFirst().media(), both.getLast().media());
      audio.onConnected();
    } else if (call.service() != null) {
      call.service().connect();
    }
  }

  /**
   * A leg has taken the place of another: the remaining side keeps its session, and hears of it
   * only where that no longer fits, or to be told who is there.
   *
   * @param isOther whether the remaining side was told that somebody else is there
   */
  void onJoined(Leg leg, boolean isOther) {
    realign = false;
    proceed();
    connect();
    Leg remaining = call.other(leg);
    if (remaining != null) {
      align(remaining);
      if (isOther && remaining.isIdle()) {
        remaining.line().tell();
      }
    }
  }

  /** The ACK of a 2xx; it may carry the answer to an offer of ours. */
  void onAck(Leg from, SipRequest ack) {
    if (from.exchange() == Leg.Exchange.AWAITING_ANSWER) {
      from.idle();
      takeAnswer(from, Sdp.of(ack));
    } else if (relayed == null && realign && !from.isOurs()) {
      realign = false;
      offerTo(from);
    }
    proceed();
  }

  private void proceed() {
    if (relayed != null && call.phase() instanceof Talk) {
      relayed.proceed();
    }
  }

  private void takeAnswer(Leg from, @Nullable String sdp) {
    if (sdp == null && from.media().isNegotiated()) {
      from.media().rollback();
      return;
    }
    if (from.receiveAnswer(sdp) != null) {
      call.end(EndCause.here(from.name() + " gave no usable answer in its ACK"));
      return;
    }
    connect();
    Leg other = call.other(from);
    if (other != null) {
      align(other);
    }
  }

  /**
   * Offers a leg what the other side has now, unless it was told just that. Our offers to one side
   * are made from what the other has agreed to, so mostly it need not hear of the answer.
   */
  void align(Leg leg) {
    Leg other = call.other(leg);
    if (other != null && other.media().isNegotiated() && !leg.media().reflects(other.media())) {
      offerTo(leg);
    }
  }

  /** Offers a leg what the other side has now. */
  void offerTo(Leg leg) {
    new OwnOffer(call, this, leg).start();
  }

  /** The other side has said what it thinks of an offer. */
  void onDecided() {
    relayed = null;
  }

  /**
   * The peer takes back a re-INVITE, and so do we at the other side; what that answers all the same
   * is undone.
   */
  void onCancel(Leg from) {
    if (relayed != null && relayed.isOf(from)) {
      relayed.cancel();
    }
  }
}
