package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.DeadDialog;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * An INFO or MESSAGE inside a call on its way to the other side, and the answer on its way back.
 */
final class RelayedRequest implements ResponseListener {

  /**
   * Shorter than the sender's timer F, so that it gets an answer of ours rather than none (RFC
   * 4320).
   */
  private static final long ANSWER_MILLIS = 25_000;

  private final Call call;
  private final Leg from;
  private final Leg to;
  private final ServerTransaction request;
  private @Nullable Timer timer;

  private RelayedRequest(Call call, Leg from, Leg to, ServerTransaction request) {
    this.call = call;
    this.from = from;
    this.to = to;
    this.request = request;
  }

  /** Passes a request on; where a service of ours is the other side, it just hears it. */
  static void relay(Call call, Leg from, ServerTransaction request) {
    Leg to = call.other(from);
    if (to == null) {
      request.respond(from.response(request.request(), 200).build());
      return;
    }
    MessageBuilder<SipRequest> out = to.request(request.request().method());
    HeaderPolicy.passHeaders(request.request(), out);
    HeaderPolicy.passBody(request.request(), out);
    if (to.peer().isHomeOf(from.peer())) {
      Outgoing.passCredentials(request.request(), out);
    }
    RelayedRequest relayed = new RelayedRequest(call, from, to, request);
    relayed.timer = call.services().loop().schedule(ANSWER_MILLIS, relayed::onLate);
    to.send(out.build(), relayed);
  }

  private void onLate() {
    fail(Failure.ofStatus(504, "The other side did not respond"));
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      fail(to.peer().isHomeOf(from.peer()) ? Failure.ofHome(response) : Failure.of(response));
      return;
    }
    MessageBuilder<SipResponse> out = from.response(request.request(), response.status());
    HeaderPolicy.passBody(response, out);
    answer(out.build());
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    onLate();
  }

  private void fail(Failure failure) {
    if (DeadDialog.isToldBy(failure)) {
      answer(Replies.refuse(request.request(), 481, "The other side has ended the call"));
      call.end(EndCause.forgotten(to));
      return;
    }
    int status = failure.statusForCaller(true);
    var out = from.response(request.request(), status);
    failure.describe(out, status);
    answer(out.build());
  }

  private void answer(SipResponse response) {
    if (timer != null) {
      timer.cancel();
    }
    if (!request.isAnswered()) {
      request.respond(response);
    }
  }
}
