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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One party of a call sends the other one to somebody else (RFC 3515, RFC 5589 section 6.1). */
final class BlindTransferTest {

  private static final String CAROL = "<sip:1003@example.com>";
  private static final String ANSWER = Sdps.phone("192.0.2.33", 4004);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
  private final SimCall call =
      SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static SipRequest refer(SimPhone phone, SimDialog dialog, String to, String... more) {
    var refer = dialog.request(Method.REFER).header(HeaderName.REFER_TO, to);
    for (String header : more) {
      int colon = header.indexOf(':');
      refer.header(header.substring(0, colon), header.substring(colon + 1));
    }
    return phone.send(refer);
  }

  /** Takes the next NOTIFY, agrees, and returns its body. */
  private static String notified(SimPhone phone) {
    SipRequest notify = phone.expect(Method.NOTIFY);
    assertThat(notify.headers().first(HeaderName.EVENT)).startsWith("refer");
    assertThat(notify.contentType()).startsWith("message/sipfrag");
    phone.reply(notify, 200, null);
    String state = String.valueOf(notify.headers().first(HeaderName.SUBSCRIPTION_STATE));
    return state.replaceAll(";.*", "") + " " + notify.bodyText().strip();
  }

  private SimDialog answer(SimPhone target, String sdp) {
    SipRequest arrived = target.expect(Method.INVITE);
    target.reply(arrived, 200, sdp);
    target.expect(Method.ACK);
    return target.dialog(arrived);
  }

  @Test
  void theTargetTakesThePlaceOfTheCalleeWhoHearsOfItAndIsHungUp() {
    refer(bob, call.calleeDialog(), CAROL);
    bob.expect(202);
    assertThat(notified(bob)).isEqualTo("active SIP/2.0 100 Trying");
    SipRequest arrived = carol.expect(Method.INVITE);
    carol.reply(arrived, 180, null);
    assertThat(notified(bob)).isEqualTo("active SIP/2.0 180 Ringing");
    carol.reply(arrived, 200, ANSWER);
    carol.expect(Method.ACK);
    assertThat(notified(bob)).isEqualTo("terminated SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);

    assertThat(arrived.from().uri().toString()).isEqualTo("sip:1001@example.com");
    assertThat(arrived.headers().first(HeaderName.REFERRED_BY)).isEqualTo("<sip:1002@example.com>");
    assertThat(arrived.bodyText()).contains("m=audio").doesNotContain("192.0.2.11");
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, null);
    assertThat(update.headers().all(HeaderName.P_ASSERTED_IDENTITY)).containsExactly(CAROL);
    assertThat(update.bodyLength()).as("alice's session fits as it is").isZero();
    assertThat(alice.firstLines()).isEmpty();
    assertThat(lab.plane().open()).hasSize(2);
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void theCallerMayTransferTooAndTheTargetMayHangUp() {
    refer(alice, call.callerDialog(), CAROL);
    alice.expect(202);
    notified(alice);
    SimDialog dialog = answer(carol, ANSWER);
    assertThat(notified(alice)).isEqualTo("terminated SIP/2.0 200 OK");
    alice.reply(alice.expect(Method.BYE), 200, null);

    carol.send(dialog.request(Method.BYE));
    carol.expect(200);
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void whoTransfersMayHangUpAtOnce() {
    refer(bob, call.calleeDialog(), CAROL);
    bob.expect(202);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    assertThat(alice.firstLines()).isEmpty();
    answer(carol, ANSWER);

    alice.hangUp(call.callerDialog(), carol);
    bob.clear();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsLeftAloneHearsThatItRings(boolean ringsBefore) {
    refer(bob, call.calleeDialog(), CAROL);
    bob.expect(202);
    notified(bob);
    SipRequest arrived = carol.expect(Method.INVITE);
    if (ringsBefore) {
      carol.reply(arrived, 180, null);
      notified(bob);
    }
    assertThat(lab.plane().played()).as("who transfers is there").isEmpty();
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    assertThat(lab.plane().played()).hasSize(ringsBefore ? 1 : 0);
    carol.reply(arrived, 180, null);
    assertThat(lab.plane().played()).hasSize(1);
    carol.reply(arrived, 200, ANSWER);
    carol.expect(Method.ACK);
    assertThat(lab.plane().quieted()).isEqualTo(1);
    assertThat(lab.plane().joins()).hasSize(2);

    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void byeAndTheLastNotifyMayCross() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    answer(carol, ANSWER);
    SipRequest last = bob.expect(Method.NOTIFY);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    bob.reply(last, 481, null);

    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("BYE"));
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void aBusyTargetLeavesThePartiesToEachOther() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    carol.reply(carol.expect(Method.INVITE), 486, null);
    assertThat(notified(bob)).isEqualTo("terminated SIP/2.0 486 Busy Here");

    refer(bob, call.calleeDialog(), "<sip:1999@example.com>");
    notified(bob);
    assertThat(notified(bob)).startsWith("terminated SIP/2.0 404");
    alice.hangUp(call.callerDialog(), bob);
  }

  @Test
  void aBusyTargetEndsTheCallOfWhoeverIsLeftAlone() {
    refer(bob, call.calleeDialog(), CAROL);
    bob.send(call.calleeDialog().request(Method.BYE));
    carol.reply(carol.expect(Method.INVITE), 486, null);
    SipRequest bye = alice.expect(Method.BYE);
    alice.reply(bye, 200, null);

    assertThat(bye.headers().first(HeaderName.REASON)).contains("SIP;cause=486");
  }

  @Test
  void whenTheRemainingPartyHangsUpTheTargetIsNotCalledAnyMore() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    SipRequest arrived = carol.expect(Method.INVITE);
    carol.reply(arrived, 180, null);
    notified(bob);
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);

    carol.reply(carol.expect(Method.CANCEL), 200, null);
    carol.reply(arrived, 487, null);
    assertThat(notified(bob)).isEqualTo("terminated SIP/2.0 487 Request Terminated");
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void whenTheRemainingPartyHangsUpAfterTheReferrerNobodyIsLeft() {
    refer(bob, call.calleeDialog(), CAROL);
    SipRequest arrived = carol.expect(Method.INVITE);
    carol.reply(arrived, 180, null);
    bob.send(call.calleeDialog().request(Method.BYE));
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    carol.reply(carol.expect(Method.CANCEL), 200, null);
    carol.reply(arrived, 200, ANSWER);

    carol.expect(Method.ACK);
    carol.reply(carol.expect(Method.BYE), 200, null);
  }

  @Test
  void ofCrossingTransfersTheFirstGoesOn() {
    refer(bob, call.calleeDialog(), CAROL);
    refer(alice, call.callerDialog(), CAROL);
    bob.expect(202);
    alice.expect(491);
    answer(carol, ANSWER);
    notified(bob);
    notified(bob);
    bob.reply(bob.expect(Method.BYE), 200, null);

    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void whoWantsToHearNothingIsJustHungUp() {
    refer(bob, call.calleeDialog(), CAROL, "Refer-Sub:false");
    SipResponse accepted = bob.expect(202);
    answer(carol, ANSWER);
    bob.reply(bob.expect(Method.BYE), 200, null);

    assertThat(accepted.headers().first(HeaderName.REFER_SUB)).isEqualTo("false");
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void aSecondTransferNamesItsSubscription() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    carol.reply(carol.expect(Method.INVITE), 603, null);
    notified(bob);
    SipRequest again = refer(bob, call.calleeDialog(), CAROL);
    SipRequest notify = bob.expect(Method.NOTIFY);
    bob.reply(notify, 200, null);
    carol.reply(carol.expect(Method.INVITE), 603, null);
    notified(bob);

    assertThat(notify.headers().first(HeaderName.EVENT))
        .isEqualTo("refer;id=" + again.cseq().seq());
    alice.hangUp(call.callerDialog(), bob);
  }

  @Test
  void aPartyOnHoldIsTakenOffItForTheTarget() {
    bob.send(
        SimPhone.withSdp(
                call.calleeDialog().request(Method.INVITE),
                Sdps.phone("192.0.2.22", 4002, 2, "sendonly"))
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">"));
    SipRequest hold = alice.expect(Method.INVITE);
    alice.reply(hold, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    alice.expect(Method.ACK);
    bob.ack(call.calleeDialog(), bob.expect(200), null);

    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    answer(carol, ANSWER);
    notified(bob);
    bob.reply(bob.expect(Method.BYE), 200, null);
    SipRequest resumed = alice.expect(Method.INVITE);
    alice.reply(resumed, 200, Sdps.phone("192.0.2.11", 4000, 3, "sendrecv"));
    alice.expect(Method.ACK);

    assertThat(resumed.bodyText()).contains("a=sendrecv");
    alice.hangUp(call.callerDialog(), carol);
  }

  private SipRequest alices(String direction, int version) {
    return alice.send(
        SimPhone.withSdp(
                call.callerDialog().request(Method.INVITE),
                Sdps.phone("192.0.2.11", 4000, version, direction))
            .header(HeaderName.CONTACT, "<" + alice.contact() + ">"));
  }

  private void bobAgrees(String direction, int version) {
    bob.reply(bob.expect(Method.INVITE), 200, Sdps.phone("192.0.2.22", 4002, version, direction));
    bob.expect(Method.ACK);
    alice.ack(call.callerDialog(), alice.expect(200), null);
  }

  /** Who was offered silence while it rang would be heard by nobody. */
  @Test
  void theTargetIsToldWhatTheRemainingPartyHasChangedWhileItRang() {
    alices("sendonly", 2);
    bobAgrees("recvonly", 2);
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    SipRequest arrived = carol.expect(Method.INVITE);
    assertThat(arrived.bodyText()).contains("a=sendonly");
    alices("sendrecv", 3);
    bobAgrees("sendrecv", 3);
    carol.reply(arrived, 200, ANSWER.replace("sendrecv", "recvonly"));
    carol.expect(Method.ACK);
    SipRequest resumed = carol.expect(Method.INVITE);
    carol.reply(resumed, 200, Sdps.phone("192.0.2.33", 4004, 2, "sendrecv"));
    carol.expect(Method.ACK);
    alice.reply(alice.expect(Method.INVITE), 200, Sdps.phone("192.0.2.11", 4000, 4, "sendrecv"));
    alice.expect(Method.ACK);
    notified(bob);
    bob.reply(bob.expect(Method.BYE), 200, null);
    alice.clear();

    assertThat(resumed.bodyText()).contains("a=sendrecv");
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void aChangeThatTheOneWhoLeavesHasNotAnsweredMayBeMadeAgainAtOnce() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    SipRequest hold = alices("sendonly", 2);
    bob.expect(Method.INVITE);
    answer(carol, ANSWER);
    alice.ackFailure(hold, alice.expect(491));
    SipRequest again = alices("sendonly", 2);
    SipRequest atCarol = carol.expect(Method.INVITE);
    carol.reply(atCarol, 200, Sdps.phone("192.0.2.33", 4004, 2, "recvonly"));
    carol.expect(Method.ACK);
    alice.ack(call.callerDialog(), alice.expect(200), null);
    bob.clear();
    alice.clear();

    assertThat(again.cseq().seq()).isGreaterThan(hold.cseq().seq());
    assertThat(atCarol.bodyText()).contains("a=sendonly");
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void whereTheTargetTakesOtherCodecsTheRemainingPartyHearsOfThem() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    answer(carol, ANSWER.replace("RTP/AVP 0 8 101", "RTP/AVP 8"));
    SipRequest offer = alice.expect(Method.INVITE);
    alice.reply(offer, 200, Sdps.phone("192.0.2.11", 4000, 2, "sendrecv"));
    alice.expect(Method.ACK);
    notified(bob);
    bob.reply(bob.expect(Method.BYE), 200, null);

    assertThat(offer.bodyText()).contains("PCMA").doesNotContain("PCMU");
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void anAnswerNobodyCanUseIsAFailedTransfer() {
    refer(bob, call.calleeDialog(), CAROL);
    notified(bob);
    carol.reply(carol.expect(Method.INVITE), 200, Sdps.oddCodec("192.0.2.33", 4004));
    carol.expect(Method.ACK);
    carol.reply(carol.expect(Method.BYE), 200, null);
    assertThat(notified(bob)).startsWith("terminated SIP/2.0 488");

    alice.hangUp(call.callerDialog(), bob);
  }
}
