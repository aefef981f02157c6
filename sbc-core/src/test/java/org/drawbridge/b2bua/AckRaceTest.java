package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What crosses the ACK of the caller, or comes in its place (RFC 5407 section 3.1). */
final class AckRaceTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final String HOLD = Sdps.phone("192.0.2.22", 4002, 2, "sendonly");
  private static final String HELD = Sdps.phone("192.0.2.11", 4000, 2, "recvonly");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SipRequest invite = alice.invite("1002", OFFER);
  private final SipRequest arrived = bob.expect(Method.INVITE);
  private SipResponse answer;
  private SimDialog ofAlice;
  private SimDialog ofBob;

  @BeforeEach
  void answer() {
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    answer = alice.expect(200);
    ofAlice = alice.dialog(invite, answer);
    ofBob = bob.dialog(arrived);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest change(Method method) {
    return bob.send(SimPhone.withSdp(ofBob.request(method), HOLD));
  }

  private void hangUp() {
    alice.send(ofAlice.request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
    alice.expect(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"INVITE", "UPDATE"})
  void itsChangeWaitsForTheAck(Method method) {
    change(method);
    assertThat(bob.firstLines()).doesNotContain("SIP/2.0 491 Request Pending");
    assertThat(alice.firstLines()).isEmpty();

    alice.ack(ofAlice, answer, null);
    SipRequest reinvite = alice.expect(Method.INVITE);
    assertThat(reinvite.bodyText()).contains("a=sendonly");
    alice.reply(reinvite, 200, HELD);
    alice.expect(Method.ACK);
    SipResponse agreed = bob.expect(200);
    assertThat(agreed.bodyText()).contains("a=recvonly");
    if (method == Method.INVITE) {
      bob.ack(ofBob, agreed, null);
    }
    hangUp();
  }

  @Test
  void itsChangeIsNotForgottenForTheCallersOwn() {
    change(Method.INVITE);
    alice.send(ofAlice.request(Method.INVITE)); // its ACK was lost
    SipResponse offer = alice.expect(200);
    alice.ack(ofAlice, offer, OFFER);
    SipRequest reinvite = alice.expect(Method.INVITE);
    assertThat(reinvite.bodyText()).contains("a=sendonly");
    alice.reply(reinvite, 200, HELD);
    alice.expect(Method.ACK);
    bob.ack(ofBob, bob.expect(200), null);
    hangUp();
  }

  @Test
  void whoWasTransferredAwayMeanwhileIsNotOffered() {
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest reinvite = change(Method.INVITE);
    bob.send(
        ofBob
            .request(Method.REFER)
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">")
            .header(HeaderName.REFER_TO, "<sip:1003@example.com>")
            .header(HeaderName.REFER_SUB, "false"));
    bob.expect(202);
    SipRequest toCarol = carol.expect(Method.INVITE);
    carol.reply(toCarol, 200, Sdps.phone("192.0.2.33", 4006));
    carol.expect(Method.ACK);
    bob.ackFailure(reinvite, bob.expect(487));
    bob.reply(bob.expect(Method.BYE), 200, null);
    alice.ack(ofAlice, answer, null);
    assertThat(alice.firstLines()).isEmpty();

    String hold = Sdps.phone("192.0.2.33", 4006, 2, "sendonly");
    carol.send(SimPhone.withSdp(carol.dialog(toCarol).request(Method.UPDATE), hold));
    alice.reply(alice.expect(Method.INVITE), 200, HELD);
    alice.expect(Method.ACK);
    carol.expect(200);
    alice.hangUp(ofAlice, carol);
  }

  @Test
  void oneThatIsTakenBackMeanwhileReachesNobody() {
    SipRequest reinvite = change(Method.INVITE);
    bob.cancel(reinvite);
    bob.ackFailure(reinvite, bob.expect(487));
    bob.expect(200);
    alice.ack(ofAlice, answer, null);
    assertThat(alice.firstLines()).isEmpty();

    bob.send(SimPhone.withSdp(ofBob.request(Method.UPDATE), HOLD));
    alice.reply(alice.expect(Method.INVITE), 200, HELD);
    alice.expect(Method.ACK);
    bob.expect(200);
    hangUp();
  }

  @Test
  void withoutTheAckItEndsWithTheCall() {
    SipRequest reinvite = change(Method.INVITE);
    lab.advance(32_100);
    alice.reply(alice.expect(Method.BYE), 200, null);
    bob.ackFailure(reinvite, bob.expect(487));
    bob.reply(bob.expect(Method.BYE), 200, null);
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
  }

  @Test
  void anUpdateIsNotAnsweredTooLate() {
    change(Method.UPDATE);
    lab.advance(25_000);
    bob.expect(504);
    alice.ack(ofAlice, answer, null);
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
    hangUp();
  }

  @Test
  void aCallerMayHangUpWithoutItsAck() {
    hangUp();
    lab.advance(40_000);
    assertThat(alice.firstLines()).as("no answer is repeated").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"INVITE", "UPDATE"})
  void aCallersChangeThatOvertakesItsAckIsTaken(Method method) {
    alice.send(SimPhone.withSdp(ofAlice.request(method), HELD.replace("recvonly", "sendonly")));
    SipRequest reinvite = bob.expect(Method.INVITE);
    alice.ack(ofAlice, answer, null);
    bob.reply(reinvite, 200, HOLD.replace("sendonly", "recvonly"));
    bob.expect(Method.ACK);
    SipResponse agreed = alice.expect(200);
    if (method == Method.INVITE) {
      alice.ack(ofAlice, agreed, null);
    }
    lab.advance(40_000);
    assertThat(alice.firstLines()).isEmpty();
    hangUp();
  }

  @Test
  void aCallersChangeWhoseAckWasLostIsTakenForIt() {
    alice.send(
        SimPhone.withSdp(ofAlice.request(Method.INVITE), HELD.replace("recvonly", "sendonly")));
    bob.reply(bob.expect(Method.INVITE), 200, HOLD.replace("sendonly", "recvonly"));
    bob.expect(Method.ACK);
    alice.ack(ofAlice, alice.expect(200), null);
    lab.advance(40_000);
    assertThat(lab.core().calls().size()).isEqualTo(1);
    hangUp();
  }
}
