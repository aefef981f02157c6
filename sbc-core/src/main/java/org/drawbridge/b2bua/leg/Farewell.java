package org.drawbridge.b2bua.leg;

import java.util.List;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * The BYE of a leg. The dialog is over whatever comes of it (RFC 3261 section 15.1.1), but a device
 * whose connection is gone just now keeps its call until it hears otherwise: it is told once it has
 * signed in again, if it does so in the time that it would have had for that in the call.
 */
final class Farewell implements ResponseListener {

  /** How often such a device is looked for, in ms. */
  private static final long PAUSE_MILLIS = 1_000;

  private final Leg leg;
  private final List<String> reasons;
  private final Runnable done;

  /** How much longer it is waited for, in ms. */
  private long patience;

  private Farewell(Leg leg, List<String> reasons, Runnable done) {
    this.leg = leg;
    this.reasons = reasons;
    this.done = done;
    this.patience = leg.flowWatch().patience();
  }

  /**
   * Sends it.
   *
   * @param done once nobody waits for anything any more
   */
  static void send(Leg leg, List<String> reasons, Runnable done) {
    new Farewell(leg, reasons, done).send();
  }

  private void send() {
    MessageBuilder<SipRequest> bye = leg.request(Method.BYE);
    reasons.forEach(reason -> bye.header(HeaderName.REASON, reason));
    leg.send(bye.build(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isFinal()) {
      done.run();
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    if (failure == TransactionFailure.FLOW_CLOSED) {
      await();
    } else {
      done.run();
    }
  }

  private void await() {
    if (patience <= 0) {
      done.run();
      return;
    }
    long pause = Math.min(patience, PAUSE_MILLIS);
    patience -= pause;
    leg.call().services().loop().schedule(pause, this::look);
  }

  private void look() {
    if (leg.flowWatch().isReachable()) {
      send();
    } else {
      await();
    }
  }
}
