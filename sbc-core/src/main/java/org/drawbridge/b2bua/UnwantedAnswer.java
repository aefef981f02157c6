package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.policy.Warnings;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.transaction.ClientTransaction;

/**
 * Answers that nobody waits for any more: of a branch that was given up, of a second fork
 * downstream, without usable media. Each is acknowledged and hung up on (RFC 3261 section
 * 13.2.2.4).
 */
final class UnwantedAnswer {

  private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";

  private UnwantedAnswer() {}

  /** Hangs up on the dialog of an answer that was not acknowledged yet, over the dialog's flow. */
  static void hangUp(CallServices services, ClientTransaction invite, Dialog dialog) {
    services.transactions().sendAck(dialog.ack(invite.request()).build(), dialog.flow());
    SipRequest bye = dialog.request(Method.BYE).header(HeaderName.REASON, ELSEWHERE).build();
    services.transactions().send(bye, dialog.flow(), new ByeListener(() -> {}));
  }

  /** Hangs up on an acknowledged answer whose session description cannot be used. */
  static void hangUp(Leg leg, String why) {
    leg.hangUp(List.of("SIP;cause=488;text=" + Warnings.quoted(why)), leg::close);
  }
}
