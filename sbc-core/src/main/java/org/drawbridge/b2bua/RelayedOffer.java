package org.drawbridge.b2bua;

import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * One side's offer on its way to the other: a re-INVITE there, whose outcome answers the request
 * here. A refusal leaves both sides as they were.
 */
final class RelayedOffer implements ResponseListener {

  private final Call call;
  private final Renegotiation renegotiation;
  private final Leg from;
  private final Leg to;
  private final ServerTransaction request;
  private boolean done;

  RelayedOffer(
      Call call, Renegotiation renegotiation, Leg from, Leg to, ServerTransaction request) {
    this.call = call;
    this.renegotiation = renegotiation;
    this.from = from;
    this.to = to;
    this.request = request;
  }

  void start() {
    from.answering(request);
    to.offering();
    String offer = to.media().makeOffer(from.media());
    to.send(to.request(Method.INVITE).body(Replies.SDP, Bodies.bytes(offer)).build(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      fail(Failure.of(response));
    } else if (done) {
      to.repeatAck(response);
    } else {
      onSuccess(transaction, response);
    }
  }

  private void onSuccess(ClientTransaction transaction, SipResponse response) {
    done = true;
    to.refreshed(transaction, response);
    to.ack(null);
    if (call.phase() instanceof Ending) {
      return;
    }
    to.idle();
    String refusal = take(Sdp.of(response));
    if (refusal != null) {
      refuse(Failure.ofStatus(488, refusal));
    } else if (request.isAnswered()) {
      undo();
    } else {
      renegotiation.answer(from, request);
    }
  }

  private @Nullable String take(@Nullable String sdp) {
    if (sdp == null) {
      to.media().rollback();
      return "The other side answered without a session description";
    }
    return to.media().receiveAnswer(sdp) instanceof SdpOutcome.Refused(_, String reason)
        ? reason
        : null;
  }

  /** The other side has agreed to what was taken back meanwhile. */
  private void undo() {
    from.media().rollback();
    from.idle();
    renegotiation.offerTo(to);
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    fail(
        failure == TransactionFailure.TIMEOUT
            ? Failure.timeout()
            : Failure.unreachable("The other side cannot be reached"));
  }

  private void fail(Failure failure) {
    if (call.phase() instanceof Ending || done) {
      return;
    }
    done = true;
    to.media().rollback();
    to.idle();
    refuse(failure);
    if (DeadDialog.isToldBy(failure)) {
      call.end(EndCause.gone(to, to.name() + " does not know the call any more"));
    }
  }

  private void refuse(Failure failure) {
    from.media().rollback();
    int status = failure.statusForCaller(true);
    var response = from.response(request.request(), status);
    failure.describe(response, status);
    request.respond(response.build());
    from.idle();
  }
}
