package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * The BYE of a phone on its way to its own PBX, which may want it signed (RFC 3261 section 22) and
 * would keep the call up, and charge for it, otherwise: the phone alone has the password. So the
 * phone gets its answer only when the PBX has answered, and may repeat it. Whatever comes, the call
 * ends. Used on the loop of its call only.
 */
final class HomeBye implements ResponseListener {

  /** How long the phone waits for its PBX, and we for the phone to sign, in ms. */
  private static final long PATIENCE_MILLIS = 4_000;

  private final Call call;
  private final Leg phone;
  private final Leg home;
  private final ServerTransaction bye;
  private final Timer patience;
  private boolean over;

  private HomeBye(Call call, Leg phone, Leg home, ServerTransaction bye) {
    this.call = call;
    this.phone = phone;
    this.home = home;
    this.bye = bye;
    this.patience = call.services().loop().schedule(PATIENCE_MILLIS, this::finish);
  }

  /** Passes a BYE on; false where it is none of a phone that talks to its PBX. */
  static boolean follow(Leg phone, ServerTransaction bye) {
    Call call = Call.of(phone);
    if (!(call.phase() instanceof Talk talk) || !call.has(phone) || talk.isTransferring()) {
      return false;
    }
    Leg home = call.other(phone);
    if (home == null || !home.isIdle() || !home.peer().isHomeOf(phone.peer())) {
      return false;
    }
    new HomeBye(call, phone, home, bye).send();
    return true;
  }

  private void send() {
    MessageBuilder<SipRequest> out = home.request(Method.BYE);
    HeaderPolicy.reasons(bye.request()).forEach(reason -> out.header(HeaderName.REASON, reason));
    Outgoing.passCredentials(bye.request(), out);
    home.send(out.build(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (!response.isFinal() || over) {
      return;
    }
    if (response.isChallenge()) {
      phone.refuse(bye, Failure.ofHome(response));
    } else {
      finish();
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    finish();
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    patience.cancel();
    if (!bye.isAnswered()) {
      bye.respond(phone.response(bye.request(), 200).build());
    }
    if (call.isTalking() && call.has(phone)) {
      phone.markHungUp();
      home.markHungUp();
      call.onBye(phone, bye.request());
    }
  }
}
