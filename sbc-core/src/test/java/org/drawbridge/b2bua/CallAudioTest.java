package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recording by rule. */
final class CallAudioTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      routes:
        - { name: quiet, when: { to: "1003" }, to: { registrar: true } }
        - { name: taped, to: { registrar: true }, record: target/recordings }
      """;

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone phone = lab.phone("1001", Transport.UDP, "192.0.2.21");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void callAndHangUp(String user, int taps) {
    SimPhone called = lab.phone(user, Transport.UDP, "192.0.2.22");
    SipRequest invite = phone.invite(user, Sdps.phone("192.0.2.21", 4000));
    SipRequest ringing = called.expect(Method.INVITE);
    assertThat(lab.plane().taps()).isZero();
    called.reply(ringing, 200, Sdps.phone("192.0.2.22", 4000));
    SipResponse answer = phone.expect(200);
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, null);
    called.expect(Method.ACK);
    assertThat(lab.plane().taps()).isEqualTo(taps);
    phone.send(dialog.request(Method.BYE));
    phone.expect(200);
    called.reply(called.expect(Method.BYE), 200, null);
  }

  @Test
  void bothSidesOfAnAnsweredCallAreRecordedWhereTheRouteSaysSo() {
    callAndHangUp("1002", 2);
  }

  @Test
  void elsewhereNobodyIs() {
    callAndHangUp("1003", 0);
  }
}
