package org.drawbridge.b2bua.leg;

import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * One refresh of a session (RFC 4028 section 7.4): by UPDATE where the peer takes it, else by
 * re-INVITE, as also where it says that it does and then does not.
 */
final class SessionRefresh implements ResponseListener {

  private final LegOwner call;
  private final Leg leg;

  SessionRefresh(LegOwner call, Leg leg) {
    this.call = call;
    this.leg = leg;
  }

  void start() {
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
    } else if (DeadDialog.isToldBy(Failure.of(response))) {
      call.end(EndCause.forgotten(leg));
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
      call.end(EndCause.unresponsive(leg));
    }
    // Else its flow is gone, which is waited for, or we are busy: the timer asks again.
  }
}
