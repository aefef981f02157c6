package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * One side's early offer on its way to the other, by UPDATE; the outcome answers the request it
 * came in.
 */
final class EarlyOffer implements ResponseListener {

  private final EarlyOffers offers;
  private final Leg from;
  private final Leg to;
  private final ServerTransaction request;

  EarlyOffer(EarlyOffers offers, Leg from, Leg to, ServerTransaction request) {
    this.offers = offers;
    this.from = from;
    this.to = to;
    this.request = request;
  }

  void start() {
    from.answering(request);
    to.offering();
    String offer = to.media().makeOffer(from.media());
    to.send(to.request(Method.UPDATE).body(Replies.SDP, Sdp.bytes(offer)).build(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional() || to.call().isOver()) {
      return;
    }
    if (!response.isSuccess()) {
      fail(Failure.of(response));
      return;
    }
    to.refreshed(transaction, response);
    String refusal = to.receiveAnswer(Sdp.of(response));
    if (refusal == null) {
      to.idle();
      offers.agreed(from, request);
    } else {
      fail(Failure.ofStatus(488, refusal));
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    if (!to.call().isOver()) {
      fail(Failure.ofStatus(504, "The other side did not answer the change"));
    }
  }

  private void fail(Failure failure) {
    to.media().rollback();
    to.idle();
    from.media().rollback();
    from.idle();
    if (!request.isAnswered()) {
      from.refuse(request, failure);
    }
    offers.over();
  }
}
