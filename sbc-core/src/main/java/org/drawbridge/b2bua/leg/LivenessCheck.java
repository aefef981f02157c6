package org.drawbridge.b2bua.leg;

import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * Asks a peer by OPTIONS within the dialog whether it still knows the call (RFC 3261 section
 * 12.2.2): one without session timers that is held, or whose media passes us by, shows it in no
 * other way.
 */
final class LivenessCheck implements ResponseListener {

  private final LegOwner call;
  private final Leg leg;

  LivenessCheck(LegOwner call, Leg leg) {
    this.call = call;
    this.leg = leg;
  }

  void start() {
    leg.send(leg.request(Method.OPTIONS).build(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (DeadDialog.isToldBy(Failure.of(response))) {
      end(EndCause.forgotten(leg));
    } else {
      leg.timers().showedLife();
    }
  }

  /**
   * Some do not answer what they do not expect. A call with one of these lives for as long as the
   * other side does: that one hangs up when it hears nothing.
   */
  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    if (failure != TransactionFailure.TIMEOUT) {
      return; // Its flow is gone, which is waited for, or we are busy: the timer asks again.
    }
    leg.timers().keptSilent();
    if (call.all().stream().allMatch(each -> each.timers().isSilent())) {
      end(EndCause.unresponsive(leg));
    }
  }

  private void end(EndCause cause) {
    if (call.isTalking()) {
      call.end(cause);
    }
  }
}
