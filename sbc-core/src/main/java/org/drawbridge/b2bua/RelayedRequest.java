package org.drawbridge.b2bua;

import org.drawbridge.policy.Failure;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Replies;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * An INFO or MESSAGE inside a call on its way to the other side, and the answer on its way back.
 */
final class RelayedRequest implements ResponseListener {

  private final Call call;
  private final Leg from;
  private final Leg to;
  private final ServerTransaction request;

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
    to.send(out.build(), new RelayedRequest(call, from, to, request));
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      fail(Failure.of(response));
      return;
    }
    MessageBuilder<SipResponse> out = from.response(request.request(), response.status());
    HeaderPolicy.passBody(response, out);
    request.respond(out.build());
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    // Not 408: that may not be given to a request other than INVITE (RFC 4320).
    fail(Failure.ofStatus(504, "The other side did not respond"));
  }

  private void fail(Failure failure) {
    int status = failure.statusForCaller(true);
    if (DeadDialog.isToldBy(failure)) {
      request.respond(Replies.refuse(request.request(), 481, "The other side has ended the call"));
      call.end(EndCause.gone(to, to.name() + " does not know the call any more"));
      return;
    }
    var out = from.response(request.request(), status);
    failure.describe(out, status);
    request.respond(out.build());
  }
}
