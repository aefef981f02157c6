package org.drawbridge.b2bua;

import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.jspecify.annotations.Nullable;

/**
 * A re-INVITE of our own with an offer (RFC 3261 section 14.1): its first 2xx is acknowledged and
 * told, the rest is told to {@link FurtherAnswers}.
 */
abstract class ReInvite implements ResponseListener {

  private final Leg leg;

  ReInvite(Leg leg) {
    this.leg = leg;
  }

  /** Sends it, with an offer of what the other side has; again after it was refused. */
  final void offer(@Nullable MediaLeg source) {
    leg.offering();
    byte[] offer = Bodies.bytes(leg.media().makeOffer(source));
    leg.send(leg.request(Method.INVITE).body(Replies.SDP, offer).build(), this);
  }

  /** It was accepted, and that was acknowledged. */
  abstract void onAccepted(@Nullable String answer);

  /** It was refused. */
  abstract void onRefused(Failure failure);

  @Override
  public final void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      onRefused(Failure.of(response));
    } else {
      leg.refreshed(transaction, response);
      leg.ack();
      onAccepted(Sdp.of(response));
    }
  }
}
