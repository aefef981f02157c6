package org.drawbridge.b2bua;

import java.nio.charset.StandardCharsets;
import org.drawbridge.b2bua.leg.DeadDialog;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * The implicit subscription of a REFER (RFC 3515 section 2.4.4, RFC 6665): one NOTIFY after the
 * other, so that none overtakes another, and of what happened meanwhile only the latest.
 */
final class ReferNotifier implements ResponseListener {

  /** How long we promise to tell of the outcome, s; it is extended by each NOTIFY. */
  private static final int EXPIRES = 300;

  private static final String SIPFRAG = "message/sipfrag;version=2.0";

  private final Leg leg;
  private final String event;
  private boolean waiting;
  private boolean silent;
  private int lastStatus;
  private int nextStatus;
  private @Nullable Runnable afterEnd;

  /**
   * Tells the sender of a REFER of its progress.
   *
   * @param event value of the Event header
   * @param silent whether nothing is told
   */
  ReferNotifier(Leg leg, String event, boolean silent) {
    this.leg = leg;
    this.event = event;
    this.silent = silent;
  }

  /** Tells of a provisional status, unless that is what was told last. */
  void progress(int status) {
    if (afterEnd == null && status != lastStatus) {
      tell(status);
    }
  }

  /**
   * Tells of the final status and ends the subscription.
   *
   * @param done runs once it was told, or cannot be
   */
  void end(int status, Runnable done) {
    afterEnd = done;
    tell(status);
  }

  /** Who would be told is gone. */
  void stop() {
    silent = true;
  }

  private void tell(int status) {
    lastStatus = status;
    if (silent) {
      finish();
    } else if (waiting) {
      nextStatus = status;
    } else {
      send(status);
    }
  }

  private void send(int status) {
    waiting = true;
    leg.send(notification(leg, event, status, status >= 200), this);
  }

  /**
   * A NOTIFY of how the call stands that a REFER asked for.
   *
   * @param to the sender of the REFER
   * @param last whether it ends the subscription
   */
  static SipRequest notification(Leg to, String event, int status, boolean last) {
    String line = "SIP/2.0 " + status + " " + ReasonPhrases.of(status) + "\r\n";
    return to.request(Method.NOTIFY)
        .header(HeaderName.CONTACT, to.contact())
        .header(HeaderName.EVENT, event)
        .header(
            HeaderName.SUBSCRIPTION_STATE,
            last ? "terminated;reason=noresource" : "active;expires=" + EXPIRES)
        .body(SIPFRAG, line.getBytes(StandardCharsets.US_ASCII))
        .build();
  }

  /**
   * Accepts a REFER.
   *
   * @param silent whether its sender wants to hear nothing more (RFC 4488)
   */
  static void accept(Leg from, ServerTransaction refer, boolean silent) {
    var response = from.response(refer.request(), 202).header(HeaderName.CONTACT, from.contact());
    if (silent) {
      response.header(HeaderName.REFER_SUB, "false");
    }
    refer.respond(response.build());
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isFinal()) {
      silent |= DeadDialog.isToldBy(Failure.of(response));
      told();
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    silent = true;
    told();
  }

  private void told() {
    waiting = false;
    int status = nextStatus;
    nextStatus = 0;
    if (status != 0 && !silent) {
      send(status);
    } else {
      finish();
    }
  }

  private void finish() {
    Runnable task = afterEnd;
    if (task != null) {
      afterEnd = () -> {};
      task.run();
    }
  }
}
