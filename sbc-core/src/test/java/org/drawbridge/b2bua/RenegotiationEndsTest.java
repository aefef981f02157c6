package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of a session that end the call, and calls that begin without an offer. */
final class RenegotiationEndsTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final String HOLD = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aSideThatNoLongerKnowsTheCallEndsItForBoth() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    SipRequest reinvite =
        alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), HOLD));
    bob.reply(bob.expect(Method.INVITE), 481, null);
    alice.ackFailure(reinvite, alice.expect(481));
    SipRequest bye = alice.expect(Method.BYE);
    alice.reply(bye, 200, null);

    assertThat(bye.headers().first(HeaderName.REASON)).contains("cause=480");
  }

  @Test
  void aSideThatNeverDecidesOnAChangeEndsTheCall() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    SipRequest reinvite =
        alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), HOLD));
    bob.reply(bob.expect(Method.INVITE), 180, null);
    lab.advance(180_000);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    lab.advance(32_000);
    alice.ackFailure(reinvite, alice.expect(408));
    alice.reply(alice.expect(Method.BYE), 200, null);
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aHangUpWhileAChangeIsOnItsWayAnswersIt() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    SipRequest reinvite =
        alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), HOLD));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    alice.ackFailure(reinvite, alice.expect(487));
    alice.reply(alice.expect(Method.BYE), 200, null);

    bob.reply(arrived, 487, null);
  }

  @Test
  void anAnswerToAChangeThatComesAfterTheHangUpIsAcknowledged() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    SipRequest reinvite =
        alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), HOLD));
    SipRequest arrived = bob.expect(Method.INVITE);
    alice.send(call.callerDialog().request(Method.BYE));
    alice.ackFailure(reinvite, alice.expect(487));
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aCallWithoutOfferGetsOneInItsAnswer() {
    SipRequest invite = alice.invite("1002", null);
    SipRequest arrived = bob.expect(Method.INVITE);
    assertThat(arrived.bodyText()).contains("m=audio");
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    SipResponse offer = alice.expect(200);
    assertThat(offer.bodyText()).contains("m=audio").doesNotContain("192.0.2.22");
    SimDialog dialog = alice.dialog(invite, offer);
    alice.ack(dialog, offer, OFFER);
    assertThat(lab.plane().joins()).hasSize(1);
    assertThat(bob.firstLines()).isEmpty();
    alice.send(dialog.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aCallWithoutOfferWhoseAckHasNoAnswerEnds() {
    SipRequest invite = alice.invite("1002", null);
    bob.reply(bob.expect(Method.INVITE), 200, ANSWER);
    SipResponse offer = alice.expect(200);
    alice.ack(alice.dialog(invite, offer), offer, null);
    alice.reply(alice.expect(Method.BYE), 200, null);

    bob.reply(bob.expect(Method.BYE), 200, null);
  }
}
