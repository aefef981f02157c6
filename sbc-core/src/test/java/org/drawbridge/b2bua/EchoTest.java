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

/** Calls that a service of ours answers. */
final class EchoTest {

  private final Lab lab = new Lab();
  private final SimPhone browser = lab.phone("1001", Transport.WSS, "192.0.2.11");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aBrowserHearsItself() {
    SipRequest invite = browser.invite("echo", Sdps.browserOffer("192.0.2.11"));
    SipResponse answer = browser.expect(200);
    assertThat(lab.plane().echoes()).isEqualTo(1);
    SimDialog dialog = browser.dialog(invite, answer);
    browser.ack(dialog, answer, null);
    browser.send(SimPhone.withSdp(dialog.request(Method.INVITE), Sdps.browserOffer("192.0.2.12")));
    SipResponse changed = browser.expect(200);
    browser.ack(dialog, changed, null);
    browser.send(dialog.request(Method.INFO));
    browser.expect(200);
    browser.send(dialog.request(Method.BYE));

    browser.expect(200);
  }

  @Test
  void aCallerWithoutOfferHearsItselfOnceItHasAnswered() {
    SimPhone phone = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SipRequest invite = phone.invite("echo", null);
    SipResponse offer = phone.expect(200);
    assertThat(lab.plane().echoes()).isZero();
    SimDialog dialog = phone.dialog(invite, offer);
    phone.ack(dialog, offer, Sdps.phone("192.0.2.22", 4000));
    assertThat(lab.plane().echoes()).isEqualTo(1);
    phone.send(dialog.request(Method.BYE));

    phone.expect(200);
  }
}
