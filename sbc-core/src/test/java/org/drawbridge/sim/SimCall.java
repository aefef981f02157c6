package org.drawbridge.sim;

import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * An answered call between two scripted phones.
 *
 * @param invite what the caller sent
 * @param arrived what the callee got
 * @param answer the 200 the caller got
 */
public record SimCall(
    SimPhone caller,
    SimPhone callee,
    SimDialog callerDialog,
    SimDialog calleeDialog,
    SipRequest invite,
    SipRequest arrived,
    SipResponse answer) {

  /** Calls, answers at once and acknowledges. */
  public static SimCall connect(
      SimPhone caller, String offer, SimPhone callee, String answer, String... answerHeaders) {
    SipRequest invite = caller.invite(callee.aor().user(), offer);
    SipRequest arrived = callee.expect(Method.INVITE);
    callee.reply(arrived, 200, answer, answerHeaders);
    SipResponse ok = caller.expect(200);
    callee.expect(Method.ACK);
    SimDialog callerDialog = caller.dialog(invite, ok);
    caller.ack(callerDialog, ok, null);
    return new SimCall(caller, callee, callerDialog, callee.dialog(arrived), invite, arrived, ok);
  }

  /** The caller hangs up and the callee agrees. */
  public void hangUp() {
    caller.hangUp(callerDialog, callee);
  }
}
