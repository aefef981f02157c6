package org.drawbridge.b2bua;

import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * One side's offer on its way to the other: a re-INVITE there, whose outcome answers the request
 * here. A refusal leaves both sides as they were.
 */
final class RelayedOffer extends ReInvite {

  private final Call call;
  private final Renegotiation renegotiation;
  private final Leg from;
  private final Leg to;
  private final ServerTransaction request;

  RelayedOffer(
      Call call, Renegotiation renegotiation, Leg from, Leg to, ServerTransaction request) {
    super(to);
    this.call = call;
    this.renegotiation = renegotiation;
    this.from = from;
    this.to = to;
    this.request = request;
  }

  void start() {
    from.answering(request);
    offer(from.media());
  }

  @Override
  void onAccepted(@Nullable String answer) {
    if (call.phase() instanceof Ending) {
      return;
    }
    to.idle();
    String refusal = take(answer);
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
    onRefused(
        failure == TransactionFailure.TIMEOUT
            ? Failure.timeout()
            : Failure.unreachable("The other side cannot be reached"));
  }

  @Override
  void onRefused(Failure failure) {
    if (call.phase() instanceof Ending) {
      return;
    }
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
