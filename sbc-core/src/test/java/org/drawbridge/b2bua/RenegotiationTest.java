package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LabPlane;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of an answered call's session. */
final class RenegotiationTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final String HOLD = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");
  private static final String HELD = Sdps.phone("192.0.2.22", 4002, 2, "recvonly");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private SimCall call;

  @BeforeEach
  void connect() {
    call = SimCall.connect(alice, OFFER, bob, ANSWER);
  }

  @AfterEach
  void theCallStillLivesAndNothingIsLeftAfterwards() {
    call.hangUp();
    lab.assertClean();
  }

  private SipRequest offer(Method method, String sdp) {
    return alice.send(SimPhone.withSdp(call.callerDialog().request(method), sdp));
  }

  private void acknowledge(SipResponse answer) {
    alice.ack(call.callerDialog(), answer, null);
  }

  private void isCancelledAtBob(SipRequest reinvite) {
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(reinvite, 487, null);
    bob.expect(Method.ACK);
  }

  private void anotherChangeIsTaken() {
    offer(Method.UPDATE, HOLD);
    bob.reply(bob.expect(Method.INVITE), 200, HELD);
    bob.expect(Method.ACK);
    alice.expect(200);
  }

  @Test
  void holdReachesTheOtherSideAndItsAnswerComesBack() {
    offer(Method.INVITE, HOLD);
    SipRequest reinvite = bob.expect(Method.INVITE);
    assertThat(reinvite.bodyText()).contains("a=sendonly").doesNotContain("192.0.2.11");
    assertThat(alice.firstLines()).doesNotContain("SIP/2.0 200 OK");
    bob.reply(reinvite, 200, HELD);
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    acknowledge(answer);

    assertThat(answer.bodyText()).contains("a=recvonly").doesNotContain("192.0.2.22");
  }

  @Test
  void holdByUpdateIsAnsweredWithoutAnAck() {
    offer(Method.UPDATE, HOLD);
    bob.reply(bob.expect(Method.INVITE), 200, HELD);
    bob.expect(Method.ACK);

    assertThat(alice.expect(200).bodyText()).contains("a=recvonly");
  }

  @Test
  void theSameOfferAgainIsAnsweredHereWithTheSameAnswer() {
    offer(Method.INVITE, OFFER);
    SipResponse answer = alice.expect(200);
    acknowledge(answer);

    assertThat(answer.bodyText()).isEqualTo(call.answer().bodyText());
    assertThat(bob.firstLines()).isEmpty();
  }

  /** A phone that knows nothing of its NAT says the same when that has another address. */
  @Test
  void theSameOfferFromElsewhereLetsMediaComeFromElsewhereToo() {
    LabPlane.Port media = lab.plane().open().getFirst();
    int before = media.applied();
    SimPhone moved = lab.stranger("1001", "example.com", Transport.TCP, "192.0.2.31");
    moved.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), OFFER));
    SipResponse answer = moved.expect(200);
    moved.ack(call.callerDialog(), answer, null);
    assertThat(answer.bodyText()).isEqualTo(call.answer().bodyText());
    assertThat(media.applied()).isEqualTo(before + 1);

    moved.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), OFFER));
    moved.ack(call.callerDialog(), moved.expect(200), null);
    assertThat(media.applied()).as("a mere refresh").isEqualTo(before + 1);
    assertThat(bob.firstLines()).isEmpty();
  }

  /** What the phone reached in the office it does not from outside. */
  @Test
  void whoHasGoneToAnotherNetworkIsToldTheAddressThatItReachesFromThere() {
    SimPhone moved = lab.stranger("1001", "example.com", Transport.TCP, "10.0.0.31");
    String offer = Sdps.phone("10.0.0.31", 4000, 2, "sendrecv");
    moved.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), offer));
    SipResponse answer = moved.expect(200);
    moved.ack(call.callerDialog(), answer, null);
    assertThat(call.answer().bodyText()).contains("c=IN IP4 198.51.100.1\r\n");
    assertThat(answer.bodyText())
        .contains("c=IN IP4 10.0.0.1\r\n", "m=audio 20000 ")
        .as("the session is the same")
        .contains(" IN IP4 198.51.100.1\r\ns=-");
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void aNewAddressIsTakenHere() {
    offer(Method.INVITE, Sdps.phone("192.0.2.11", 4444, 2, "sendrecv"));
    acknowledge(alice.expect(200));

    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void aRefusalLeavesTheCallAsItWas() {
    offer(Method.INVITE, HOLD);
    SipRequest reinvite = bob.expect(Method.INVITE);
    bob.reply(reinvite, 488, null, "Warning: 305 192.0.2.22 \"No hold here\"");
    bob.expect(Method.ACK);
    SipResponse refusal = alice.expect(488);
    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("No hold here");
    offer(Method.UPDATE, OFFER);

    assertThat(alice.expect(200).bodyText()).isEqualTo(call.answer().bodyText());
  }

  @Test
  void sdpThatCannotBeUsedIsRefusedHere() {
    offer(Method.UPDATE, "this is no session description");
    SipResponse refusal = alice.expect(400);

    assertThat(refusal.headers().has(HeaderName.WARNING)).isTrue();
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void whenBothSidesChangeAtOnceBothAreTurnedAway() {
    offer(Method.INVITE, HOLD);
    SipRequest crossing = bob.expect(Method.INVITE);
    bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), HELD));
    bob.expect(491);
    bob.reply(crossing, 491, null);

    alice.expect(491);
  }

  @Test
  void aSecondChangeBeforeTheFirstIsAnsweredHasToWait() {
    offer(Method.UPDATE, HOLD);
    SipRequest reinvite = bob.expect(Method.INVITE);
    offer(Method.UPDATE, OFFER);
    SipResponse wait = alice.expect(500);
    bob.reply(reinvite, 200, HELD);
    alice.expect(200);

    assertThat(wait.headers().has(HeaderName.RETRY_AFTER)).isTrue();
  }

  @Test
  void anInviteWithoutOfferGetsOneAndTheOtherSideHearsOfTheAnswer() {
    alice.send(call.callerDialog().request(Method.INVITE));
    SipResponse offer = alice.expect(200);
    assertThat(offer.bodyText()).contains("m=audio");
    alice.ack(call.callerDialog(), offer, HOLD);
    SipRequest reinvite = bob.expect(Method.INVITE);
    assertThat(reinvite.bodyText()).contains("a=sendonly");
    bob.reply(reinvite, 200, HELD);

    bob.expect(Method.ACK);
  }

  @Test
  void anUpdateWithoutSdpIsAnsweredHere() {
    alice.send(call.callerDialog().request(Method.UPDATE));

    assertThat(alice.expect(200).bodyLength()).isZero();
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void aChangeThatIsTakenBackIsUndoneAtTheOtherSide() {
    SipRequest reinvite = offer(Method.INVITE, HOLD);
    SipRequest arrived = bob.expect(Method.INVITE);
    alice.cancel(reinvite);
    alice.ackFailure(reinvite, alice.expect(487));
    alice.expect(200);
    bob.reply(arrived, 200, HELD);
    SipRequest undo = bob.expect(Method.INVITE);
    assertThat(undo.bodyText()).contains("a=sendrecv");
    bob.reply(undo, 200, ANSWER);

    bob.expect(Method.ACK);
  }

  @Test
  void aChangeThatIsTakenBackIsTakenBackAtTheOtherSideTooAndAnotherMayFollow() {
    SipRequest reinvite = offer(Method.INVITE, HOLD);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.cancel(reinvite);
    alice.ackFailure(reinvite, alice.expect(487));
    alice.expect(200);
    isCancelledAtBob(arrived);
    anotherChangeIsTaken();
  }

  @Test
  void aCancelWaitsUntilTheOtherSideHasShownThatItIsAsked() {
    SipRequest reinvite = offer(Method.INVITE, HOLD);
    SipRequest arrived = bob.expect(Method.INVITE);
    alice.cancel(reinvite);
    alice.ackFailure(reinvite, alice.expect(487));
    alice.expect(200);
    assertThat(bob.firstLines()).isEmpty();
    bob.reply(arrived, 100, null);
    isCancelledAtBob(arrived);
  }

  @Test
  void anUpdateThatTheOtherSideThinksAboutIsNotAnsweredTooLate() {
    offer(Method.UPDATE, HOLD);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    lab.advance(25_000);
    alice.expect(504);
    isCancelledAtBob(arrived);
    anotherChangeIsTaken();
  }

  @Test
  void theCalleeMayChangeTheSessionToo() {
    bob.send(
        SimPhone.withSdp(
            call.calleeDialog().request(Method.INVITE), HELD.replace("recvonly", "inactive")));
    SipRequest reinvite = alice.expect(Method.INVITE);
    alice.reply(reinvite, 200, HOLD.replace("sendonly", "inactive"));
    alice.expect(Method.ACK);
    SipResponse answer = bob.expect(200);
    bob.ack(call.calleeDialog(), answer, null);

    assertThat(answer.bodyText()).contains("a=inactive");
  }

  @Test
  void aBodyThatIsNoSdpIsNotUnderstood() {
    alice.send(call.callerDialog().request(Method.INVITE).body("text/plain", new byte[] {'x'}));

    assertThat(alice.expect(415).headers().first(HeaderName.ACCEPT)).startsWith("application/sdp");
  }
}
