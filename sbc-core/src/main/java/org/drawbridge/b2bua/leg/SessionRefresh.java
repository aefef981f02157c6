package org.drawbridge.b2bua.leg;

import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * One refresh of a session (RFC 4028 section 7.4): by UPDATE where the peer takes it, else by
 * re-INVITE, as also where it says that it does and then does not. Some lose what they do not
 * expect: an UPDATE without an answer ends no call whose peer sends media meanwhile, and that which
 * only tells whom it talks to ends none at all.
 */
final class SessionRefresh implements ResponseListener {

  private final LegOwner call;
  private final Leg leg;
  private final boolean isNeeded;
  private long packetsReceived;

  private SessionRefresh(LegOwner call, Leg leg, boolean isNeeded) {
    this.call = call;
    this.leg = leg;
    this.isNeeded = isNeeded;
  }

  /** Keeps the session up. */
  static void prolong(LegOwner call, Leg leg) {
    new SessionRefresh(call, leg, true).start();
  }

  /** Tells whom the peer talks to, and nothing more. */
  static void tell(LegOwner call, Leg leg) {
    new SessionRefresh(call, leg, false).start();
  }

  private void start() {
    packetsReceived = leg.media().stats().packetsReceived();
    if (leg.allowsUpdate()) {
      leg.send(leg.request(Method.UPDATE).build(), this);
    } else {
      call.offerTo(leg);
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (!call.isTalking() || response.isProvisional()) {
      return;
    }
    if (response.isSuccess()) {
      leg.refreshed(transaction, response);
    } else if (isOfMethod(response.status())) {
      leg.refusesUpdate();
      start();
    } else if (response.status() == 408) {
      onSilence();
    } else if (DeadDialog.isToldBy(Failure.of(response))) {
      call.end(EndCause.forgotten(leg));
    }
  }

  private void onSilence() {
    leg.refusesUpdate();
    if (!isNeeded) {
      return; // it was told what it may do without, and the session timer finds out if it is gone
    }
    if (leg.media().stats().packetsReceived() == packetsReceived) {
      call.end(EndCause.unresponsive(leg));
    } else {
      start();
    }
  }

  /** Whether it is this kind of request that the peer does not take, rather than any now. */
  private static boolean isOfMethod(int status) {
    return switch (status) {
      case 400, 403, 405, 406, 415, 488, 501, 606 -> true;
      default -> false;
    };
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    if (failure == TransactionFailure.TIMEOUT && call.isTalking()) {
      onSilence();
    }
    // Else its flow is gone, which is waited for, or we are busy: the timer asks again.
  }
}
