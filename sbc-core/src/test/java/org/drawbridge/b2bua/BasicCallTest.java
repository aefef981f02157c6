package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

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

final class BasicCallTest {

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aBrowserCallsAPhoneAndHangsUp() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.expect(180);
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4000));
    SipResponse answer = alice.expect(200);
    bob.expect(Method.ACK);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    assertThat(lab.plane().joins()).hasSize(1);

    alice.send(dialog.request(Method.BYE));
    alice.expect(200);
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);
  }

  @Test
  void theCalleeHangsUp() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4000));
    SipResponse answer = alice.expect(200);
    alice.ack(alice.dialog(invite, answer), answer, null);

    bob.send(bob.dialog(arrived).request(Method.BYE));
    bob.expect(200);
    alice.reply(alice.expect(Method.BYE), 200, null);
  }
}
