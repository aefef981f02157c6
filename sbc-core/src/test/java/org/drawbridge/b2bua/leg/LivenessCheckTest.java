package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LabPlane;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls whose two sides know no session timers (RFC 4028). */
final class LivenessCheckTest {

  private static final long HALF_AN_HOUR = 1_800_000;

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private SimDialog dialog;

  @BeforeEach
  void call() {
    SipRequest invite =
        alice.send(
            SimPhone.withSdp(
                alice
                    .request(Method.INVITE, "1002")
                    .header(HeaderName.CONTACT, "<" + alice.contact() + ">"),
                Sdps.phone("192.0.2.11", 4000)));
    bob.reply(bob.expect(Method.INVITE), 200, Sdps.phone("192.0.2.22", 4002));
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void bothSidesAreAskedWhetherTheyKnowTheCallAndItGoesOn() {
    for (int i = 0; i < 3; i++) {
      lab.advance(HALF_AN_HOUR);
      alice.reply(alice.expect(Method.OPTIONS), 405, null);
      bob.reply(bob.expect(Method.OPTIONS), 200, null);
    }
    assertThat(alice.firstLines()).isEmpty();
    assertThat(bob.firstLines()).isEmpty();
    alice.hangUp(dialog, bob);
  }

  @Test
  void aSideThatHasForgottenTheCallEndsItForBoth() {
    lab.advance(HALF_AN_HOUR);
    alice.reply(alice.expect(Method.OPTIONS), 200, null);
    bob.reply(bob.expect(Method.OPTIONS), 481, null);

    alice.reply(alice.expect(Method.BYE), 200, null);
  }

  @Test
  void aSideThatAnswersNothingMayBeThereAllTheSame() {
    for (int i = 0; i < 2; i++) {
      lab.advance(HALF_AN_HOUR);
      alice.reply(alice.expect(Method.OPTIONS), 200, null);
      bob.expect(Method.OPTIONS);
      bob.clear();
    }
    lab.advance(32_000);
    bob.clear();

    assertThat(alice.firstLines()).isEmpty();
    alice.hangUp(dialog, bob);
  }

  @Test
  void theCallEndsWhenNeitherSideAnswers() {
    lab.advance(HALF_AN_HOUR);
    alice.expect(Method.OPTIONS);
    bob.expect(Method.OPTIONS);
    lab.advance(100_000);

    assertThat(lab.core().calls().size()).isZero();
    alice.clear();
    bob.clear();
  }

  @Test
  void aSideWhoseMediaComesIsNotAsked() {
    for (int i = 0; i < 3; i++) {
      lab.plane().open().forEach(LabPlane.Port::hear);
      lab.advance(HALF_AN_HOUR);
    }
    assertThat(alice.firstLines()).isEmpty();
    assertThat(bob.firstLines()).isEmpty();
    alice.hangUp(dialog, bob);
  }
}
