package org.drawbridge.b2bua;

import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/** A re-INVITE of our own, which brings one side in line with what the other has agreed to. */
final class OwnOffer implements ResponseListener {

  private static final int MAX_ATTEMPTS = 5;

  /**
   * After a 491, the owner of the Call-ID waits longer than the other (RFC 3261 section 14.1), ms.
   */
  private static final long OWNER_WAIT = 2_100;

  private static final long OTHER_WAIT = 1_000;

  private final Call call;
  private final Renegotiation renegotiation;
  private final Leg leg;
  private int attempts;
  private boolean done;

  OwnOffer(Call call, Renegotiation renegotiation, Leg leg) {
    this.call = call;
    this.renegotiation = renegotiation;
    this.leg = leg;
  }

  void start() {
    if (!(call.phase() instanceof Talk) || !call.has(leg)) {
      return;
    }
    if (!leg.isIdle()) {
      retry();
      return;
    }
    attempts++;
    done = false;
    leg.offering();
    Leg other = call.other(leg);
    MediaLeg source = other == null ? null : other.media();
    String offer = leg.media().makeOffer(source);
    leg.send(leg.request(Method.INVITE).body(Replies.SDP, Bodies.bytes(offer)).build(), this);
  }

  private void retry() {
    if (attempts < MAX_ATTEMPTS) {
      attempts++;
      long wait = leg.isOurs() ? OWNER_WAIT : OTHER_WAIT;
      call.services().loop().schedule(wait, this::start);
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      fail(Failure.of(response));
    } else if (done) {
      leg.repeatAck(response);
    } else {
      onSuccess(transaction, response);
    }
  }

  private void onSuccess(ClientTransaction transaction, SipResponse response) {
    done = true;
    leg.refreshed(transaction, response);
    leg.ack(null);
    if (!(call.phase() instanceof Talk)) {
      return;
    }
    leg.idle();
    String sdp = Sdp.of(response);
    if (sdp == null || leg.media().receiveAnswer(sdp) instanceof SdpOutcome.Refused) {
      leg.media().rollback();
    } else {
      renegotiation.connect();
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    fail(
        failure == TransactionFailure.TIMEOUT
            ? Failure.timeout()
            : Failure.unreachable(leg.name() + " cannot be reached"));
  }

  private void fail(Failure failure) {
    if (!(call.phase() instanceof Talk) || done) {
      return;
    }
    leg.media().rollback();
    leg.idle();
    if (DeadDialog.isToldBy(failure)) {
      call.end(EndCause.gone(leg, leg.name() + " does not know the call any more"));
    } else if (failure.status() == 491) {
      retry();
    }
  }
}
