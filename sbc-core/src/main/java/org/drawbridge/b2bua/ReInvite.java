package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * A re-INVITE of our own with an offer (RFC 3261 section 14.1): its first 2xx is acknowledged and
 * told, the rest is told to {@code FurtherAnswers}.
 */
abstract class ReInvite implements ResponseListener {

  /**
   * How long the other side may think about it before it is taken back, as a proxy on the way would
   * (timer C of RFC 3261 section 16.6).
   */
  private static final long PATIENCE_MILLIS = 180_000;

  private final Leg leg;
  private @Nullable Timer patience;

  /** Of the INVITE, once the other side has shown that it has it. */
  private @Nullable ClientTransaction asked;

  private boolean takenBack;

  ReInvite(Leg leg) {
    this.leg = leg;
  }

  /** Sends it, with an offer of what the other side has; again after it was refused. */
  final void offer(@Nullable MediaLeg source) {
    leg.offering();
    asked = null;
    takenBack = false;
    patience = leg.call().services().loop().schedule(PATIENCE_MILLIS, this::takeBack);
    byte[] offer = Sdp.bytes(leg.media().makeOffer(source));
    MessageBuilder<SipRequest> invite = leg.request(Method.INVITE).body(Replies.SDP, offer);
    complete(invite);
    leg.send(invite.build(), this);
  }

  /** What else goes into it. */
  void complete(MessageBuilder<SipRequest> invite) {}

  /** What a refusal means. */
  Failure failure(SipResponse refusal) {
    return Failure.of(refusal);
  }

  /** Takes it back, as soon as the other side has it (RFC 3261 section 9.1). */
  final void takeBack() {
    takenBack = true;
    if (asked != null) {
      asked.cancel(null);
    }
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel();
    }
  }

  /** It was accepted, and that was acknowledged. */
  abstract void onAccepted(@Nullable String answer);

  /** It was refused, or not answered. */
  abstract void onRefused(Failure failure);

  @Override
  public final void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      asked = transaction;
      if (takenBack) {
        takeBack();
      }
      return;
    }
    stopWaiting();
    if (!response.isSuccess()) {
      transaction.expectLateAnswer(new Late());
      onRefused(failure(response));
    } else {
      leg.refreshed(transaction, response);
      leg.line().hear(response);
      leg.ack();
      onAccepted(Sdp.of(response));
    }
  }

  @Override
  public final void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    stopWaiting();
    onRefused(Failure.unanswered(failure, "the other side"));
  }

  /**
   * What comes of it after its refusal, as when a proxy on the way has lost patience: without an
   * ACK the other side would hang up, and it has another session now than we do.
   */
  private final class Late implements ResponseListener {

    private boolean heard;

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (!response.isSuccess()) {
        return;
      }
      SipRequest ack = leg.dialog().ack(transaction.request()).build();
      leg.call().services().transactions().sendAck(ack, leg.flow());
      if (!heard) {
        leg.call().offerTo(leg);
      }
      heard = true;
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      // Nobody waits for an answer.
    }
  }
}
