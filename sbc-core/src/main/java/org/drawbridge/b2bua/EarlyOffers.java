package org.drawbridge.b2bua;

import org.drawbridge.b2bua.fork.EarlyDialog;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the session before the call is answered, by UPDATE (RFC 3311) or in a PRACK (RFC 3262
 * section 5). They may follow as soon as the first offer was answered reliably. Where the other
 * side can be asked, it is, by UPDATE; where not, they are answered here, and the other side gets a
 * new offer once the call is answered.
 */
final class EarlyOffers {

  private final Call call;
  private final CallerProgress progress;
  private final Runnable onEnd;
  private int open;

  /**
   * None yet.
   *
   * @param onEnd runs whenever an exchange with the other side has ended
   */
  EarlyOffers(Call call, CallerProgress progress, Runnable onEnd) {
    this.call = call;
    this.progress = progress;
    this.onEnd = onEnd;
  }

  /** Whether an exchange is under way that the 2xx of the INVITE has to wait for. */
  boolean isOpen() {
    return open > 0;
  }

  /** An UPDATE of one side, or the PRACK of the caller. */
  void onRequest(Leg from, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    SipResponse refusal = refusal(from, request);
    if (refusal != null) {
      transaction.respond(refusal);
      return;
    }
    from.line().hear(request);
    String sdp = Sdp.of(request);
    if (sdp == null) {
      accept(from, transaction, null);
    } else if (from.media().isRefresh(sdp)) {
      accept(from, transaction, from.media().localDescription());
    } else {
      onOffer(from, transaction, sdp);
    }
  }

  private @Nullable SipResponse refusal(Leg from, SipRequest request) {
    SipResponse body = RequestChecks.sessionBody(request, call.services().counters());
    if (body != null || Sdp.of(request) == null) {
      return body;
    }
    return switch (from.exchange()) {
      case OFFERING, AWAITING_ANSWER ->
          Replies.refuse(request, 491, "Both sides change the session at once");
      case ANSWERING -> Replies.refuse(request, 500, "An earlier change is not answered yet");
      case IDLE -> isSettled(from) ? null : tooEarly(from, request);
    };
  }

  /**
   * The first offer, which is not answered yet, is the caller's, or ours (RFC 3311 section 5.2).
   */
  private SipResponse tooEarly(Leg from, SipRequest request) {
    int status = from == call.caller() ? 500 : 491;
    return Replies.refuse(request, status, "The first offer is not answered yet");
  }

  /** Whether the first offer and answer of this side are over, reliably. */
  private boolean isSettled(Leg from) {
    if (from == call.caller()) {
      return progress.hasToldReliably();
    }
    EarlyDialog ringing = progress.ringing();
    return ringing != null
        && ringing.leg() == from
        && ringing.isSettled()
        && call.caller().media().isNegotiated();
  }

  private void onOffer(Leg from, ServerTransaction transaction, String sdp) {
    boolean local = from.media().changesOnlyTransport(sdp);
    if (from.media().receiveOffer(sdp) instanceof SdpOutcome.Refused(int status, String reason)) {
      transaction.respond(Replies.refuse(transaction.request(), status, reason));
      return;
    }
    Leg to = other(from);
    if (local || to == null || !to.isIdle() || !to.allowsUpdate() || !isSettled(to)) {
      answer(from, transaction, local);
    } else {
      open++;
      new EarlyOffer(this, from, to, transaction).start();
    }
  }

  private @Nullable Leg other(Leg from) {
    if (from != call.caller()) {
      return call.caller();
    }
    EarlyDialog ringing = progress.ringing();
    return ringing == null ? null : ringing.leg();
  }

  /**
   * Answers an offer by what the other side has agreed to.
   *
   * @param known whether the other side knows of the change, or need not
   */
  private void answer(Leg from, ServerTransaction transaction, boolean known) {
    Leg other = other(from);
    MediaLeg source = other == null || !other.media().isNegotiated() ? null : other.media();
    switch (from.media().makeAnswer(source)) {
      case AnswerOutcome.Answer(String sdp) -> {
        if (source != null) {
          call.media().bridge(from.media(), source);
        }
        progress.changed(from, known);
        accept(from, transaction, sdp);
      }
      case AnswerOutcome.Refused(int status, String reason) -> {
        from.media().rollback();
        transaction.respond(Replies.refuse(transaction.request(), status, reason));
      }
    }
  }

  private static void accept(Leg from, ServerTransaction transaction, @Nullable String sdp) {
    MessageBuilder<SipResponse> out = from.response(transaction.request(), 200);
    if (sdp != null) {
      out.body(Replies.SDP, Sdp.bytes(sdp));
    }
    transaction.respond(out.build());
  }

  /** The other side has agreed. */
  void agreed(Leg from, ServerTransaction transaction) {
    if (!transaction.isAnswered()) {
      from.idle();
      answer(from, transaction, true);
    }
    over();
  }

  /** An exchange with the other side has ended, one way or the other. */
  void over() {
    open--;
    onEnd.run();
  }
}
