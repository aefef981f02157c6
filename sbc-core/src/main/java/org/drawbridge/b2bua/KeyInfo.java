package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.DeadDialog;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.b2bua.leg.PictureInfo;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * Keys in INFO requests: one that a peer sends goes to the other side as it takes keys, and one
 * that a peer pressed in its media goes as INFO where the other side takes it so.
 */
final class KeyInfo implements ResponseListener {

  private final Call call;
  private final Leg to;

  private KeyInfo(Call call, Leg to) {
    this.call = call;
    this.to = to;
  }

  /**
   * Takes any INFO; what is no key, or for a peer that takes keys in INFO, passes as it is, but for
   * requests for a picture.
   */
  static void take(Call call, Leg from, ServerTransaction transaction) {
    Leg to = call.other(from);
    if (!press(from, to, transaction) && !PictureInfo.ask(from, to, transaction)) {
      RelayedRequest.relay(call, from, transaction);
    }
  }

  /**
   * Presses the key that an INFO names toward a leg, null for none, and answers the INFO; false if
   * it names none, or that leg takes keys otherwise.
   */
  static boolean press(Leg from, @Nullable Leg to, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    KeyBody body = KeyBody.read(request.contentType(), request.bodyText());
    if (body == null || to == null || !to.media().sendKey(body.key(), body.millis())) {
      return false;
    }
    transaction.respond(from.response(request, 200).build());
    return true;
  }

  /** Tells the side across from a media leg which key was pressed there. */
  static void send(Call call, MediaLeg from, char key, int millis) {
    for (Leg leg : call.all()) {
      Leg to = leg.media() == from ? call.other(leg) : null;
      if (to != null) {
        SipRequest info =
            to.request(Method.INFO).body(KeyBody.RELAY, new KeyBody(key, millis).bytes()).build();
        to.send(info, new KeyInfo(call, to));
      }
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (!response.isProvisional() && DeadDialog.isToldBy(Failure.of(response))) {
      call.end(EndCause.forgotten(to));
    }
  }

  /** The key is lost, the call is not. */
  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {}
}
