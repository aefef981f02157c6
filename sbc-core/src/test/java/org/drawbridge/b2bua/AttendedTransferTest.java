package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
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

/**
 * Bob talks to Alice, asks Carol, and connects the two (RFC 5589 section 7); and a party that goes
 * on with its call elsewhere (RFC 3891). Eight loops, so that calls seldom share one.
 */
final class AttendedTransferTest {

  private static final String BOBS = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab(Lab.CONFIG, CallLimits.DEFAULTS, 8);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
  private final SimCall call = SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, BOBS);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SimCall consult() {
    return SimCall.connect(bob, BOBS, carol, Sdps.phone("192.0.2.33", 4004));
  }

  /** Whom a phone is told to talk to from now on, by an UPDATE that changes nothing else. */
  private static String told(SimPhone phone) {
    SipRequest update = phone.expect(Method.UPDATE);
    phone.reply(update, 200, null);
    assertThat(update.bodyLength()).isZero();
    return String.join(", ", update.headers().all(HeaderName.P_ASSERTED_IDENTITY));
  }

  /** The caller's dialog of a call, as Replaces names it to us. */
  private static String ofCaller(SimCall call) {
    return call.invite().callId()
        + ";to-tag="
        + call.answer().toTag()
        + ";from-tag="
        + call.invite().fromTag();
  }

  private static String referTo(String replaces) {
    return "<sip:1003@example.com?Replaces="
        + URLEncoder.encode(replaces, StandardCharsets.UTF_8)
        + ">";
  }

  private void refer(String replaces) {
    bob.send(
        call.calleeDialog().request(Method.REFER).header(HeaderName.REFER_TO, referTo(replaces)));
  }

  private String notified() {
    SipRequest notify = bob.expect(Method.NOTIFY);
    bob.reply(notify, 200, null);
    return notify.bodyText().strip();
  }

  /** Both legs of the one who transfers are hung up. */
  private void bobIsLeft() {
    assertThat(notified()).isEqualTo("SIP/2.0 100 Trying");
    assertThat(notified()).isEqualTo("SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  private void aliceAndCarolTalkUntilAliceHangsUp(SimDialog carols) {
    alice.send(
        call.callerDialog()
            .request(Method.INFO)
            .body("text/plain", "?".getBytes(StandardCharsets.UTF_8)));
    carol.reply(carol.expect(Method.INFO), 200, null);
    alice.expect(200);
    alice.send(call.callerDialog().request(Method.BYE).header(HeaderName.REASON, "Q.850;cause=16"));
    alice.expect(200);
    SipRequest bye = carol.expect(Method.BYE);
    carol.reply(bye, 200, null);
    assertThat(bye.headers().first(HeaderName.REASON)).isEqualTo("Q.850;cause=16");
    assertThat(bye.callId()).isEqualTo(carols.request(Method.OPTIONS).build().callId());
  }

  @Test
  void theTwoOthersAreJoinedAndNeitherIsRungAgain() {
    SimCall consult = consult();
    refer(ofCaller(consult));
    bob.expect(202);
    bobIsLeft();

    assertThat(told(alice)).isEqualTo("<sip:1003@example.com>");
    assertThat(told(carol)).isEqualTo("\"1001 name\" <sip:1001@example.com>");
    assertThat(alice.firstLines()).isEmpty();
    assertThat(carol.firstLines()).isEmpty();
    assertThat(lab.plane().open()).as("two parties and a link").hasSize(4);
    aliceAndCarolTalkUntilAliceHangsUp(consult.calleeDialog());
  }

  @Test
  void tagsTheOtherWayRoundMeanTheSame() {
    SimCall consult = SimCall.connect(carol, Sdps.phone("192.0.2.33", 4004), bob, BOBS);
    SipRequest atBob = consult.arrived();
    String bobsTag = String.valueOf(consult.calleeDialog().request(Method.INFO).build().fromTag());
    refer(atBob.callId() + ";to-tag=" + bobsTag + ";from-tag=" + atBob.fromTag());
    bob.expect(202);
    bobIsLeft();

    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    carol.reply(carol.expect(Method.BYE), 200, null);
  }

  @Test
  void partiesOnHoldHearEachOther() {
    SimCall consult = consult();
    hold(call.calleeDialog(), alice, "192.0.2.11", 4000);
    hold(consult.callerDialog(), carol, "192.0.2.33", 4004);
    refer(ofCaller(consult));
    bob.expect(202);
    assertThat(resumed(carol, "192.0.2.33", 4004)).contains("a=sendrecv");
    bobIsLeft();

    assertThat(resumed(alice, "192.0.2.11", 4000)).contains("a=sendrecv");
    aliceAndCarolTalkUntilAliceHangsUp(consult.calleeDialog());
  }

  private void hold(SimDialog bobs, SimPhone other, String host, int port) {
    bob.send(
        SimPhone.withSdp(bobs.request(Method.INVITE), Sdps.phone("192.0.2.22", 4002, 2, "sendonly"))
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">"));
    SipRequest hold = other.expect(Method.INVITE);
    other.reply(hold, 200, Sdps.phone(host, port, 2, "recvonly"));
    other.expect(Method.ACK);
    bob.ack(bobs, bob.expect(200), null);
  }

  private static String resumed(SimPhone phone, String host, int port) {
    SipRequest offer = phone.expect(Method.INVITE);
    phone.reply(offer, 200, Sdps.phone(host, port, 3, "sendrecv"));
    phone.expect(Method.ACK);
    return offer.bodyText();
  }

  @Test
  void whoHasCalledHiddenStaysHidden() {
    SimPhone dave = lab.phone("1004", Transport.TCP, "192.0.2.44");
    String offer = Sdps.phone("192.0.2.44", 4006);
    SipRequest invite = dave.send(dave.invitation("1002", offer).header(HeaderName.PRIVACY, "id"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, BOBS);
    SipResponse answer = dave.expect(200);
    bob.expect(Method.ACK);
    dave.ack(dave.dialog(invite, answer), answer, null);
    SimCall consult = consult();
    transfer(bob, bob.dialog(arrived), ofCaller(consult));

    assertThat(told(carol)).isEqualTo("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
    assertThat(told(dave)).isEqualTo("<sip:1003@example.com>");
    dave.hangUp(dave.dialog(invite, answer), carol);
    call.hangUp();
  }

  @Test
  void aCallIsNotJoinedWithItself() {
    SimCall consult = consult();
    bob.send(
        consult
            .callerDialog()
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, referTo(ofCaller(consult))));
    bob.expect(403);

    consult.hangUp();
    call.hangUp();
  }

  @Test
  void ofTwoTransfersIntoEachOtherNoneLosesAParty() {
    SimCall consult = consult();
    String bobsTag = String.valueOf(call.calleeDialog().request(Method.INFO).build().fromTag());
    String first = call.arrived().callId() + ";to-tag=" + call.arrived().fromTag();
    SipRequest one =
        call.calleeDialog()
            .request(Method.REFER)
            .header(HeaderName.VIA, "SIP/2.0/UDP 192.0.2.22:5062;branch=z9hG4bK-one")
            .header(HeaderName.REFER_TO, referTo(ofCaller(consult)))
            .build();
    SipRequest other =
        consult
            .callerDialog()
            .request(Method.REFER)
            .header(HeaderName.VIA, "SIP/2.0/UDP 192.0.2.22:5062;branch=z9hG4bK-other")
            .header(HeaderName.REFER_TO, referTo(first + ";from-tag=" + bobsTag))
            .build();
    bob.wire().send(one.wire());
    bob.wire().send(other.wire());
    lab.settle();
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    carol.send(consult.calleeDialog().request(Method.BYE));
    carol.expect(200);
  }

  /** Alice joins her two calls with Bob, and Bob then his two with her: nobody is left. */
  @Test
  void callsThatAreJoinedIntoACircleEnd() {
    SimCall again = SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, BOBS);
    transfer(alice, call.callerDialog(), ofCaller(again));
    String bobsTag = String.valueOf(again.calleeDialog().request(Method.INFO).build().fromTag());
    String second = again.arrived().callId() + ";to-tag=" + again.arrived().fromTag();
    transfer(bob, call.calleeDialog(), second + ";from-tag=" + bobsTag);
  }

  private static void transfer(SimPhone by, SimDialog dialog, String replaces) {
    by.send(dialog.request(Method.REFER).header(HeaderName.REFER_TO, referTo(replaces)));
    by.expect(202);
    by.reply(by.expect(Method.NOTIFY), 200, null);
    by.reply(by.expect(Method.NOTIFY), 200, null);
    by.reply(by.expect(Method.BYE), 200, null);
    by.reply(by.expect(Method.BYE), 200, null);
  }

  @Test
  void aCallThatIsNotThereCannotBeJoined() {
    refer("nobody;to-tag=a;from-tag=b");
    bob.expect(202);
    assertThat(notified()).isEqualTo("SIP/2.0 100 Trying");
    assertThat(notified()).startsWith("SIP/2.0 481");

    call.hangUp();
  }

  @Test
  void aCallOfOthersCannotBeJoinedByWhoKnowsItsDialog() {
    SimPhone dave = lab.phone("1004", Transport.TCP, "192.0.2.44");
    SimCall others =
        SimCall.connect(
            dave, Sdps.phone("192.0.2.44", 4006), carol, Sdps.phone("192.0.2.33", 4004));
    refer(ofCaller(others));
    notified();
    assertThat(notified()).startsWith("SIP/2.0 403");

    others.hangUp();
    call.hangUp();
  }

  @Test
  void whoTransfersMayHangUpBothCallsAtOnce() {
    SimCall consult = consult();
    refer(ofCaller(consult));
    bob.expect(202);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.send(consult.callerDialog().request(Method.BYE));
    bob.clear();

    aliceAndCarolTalkUntilAliceHangsUp(consult.calleeDialog());
  }

  @Test
  void anAccountGoesOnWithItsCallAtAnotherPhone() {
    SimPhone mobile = lab.phone("1002", Transport.TCP, "192.0.2.23");
    String bobsTag = String.valueOf(call.calleeDialog().request(Method.INFO).build().fromTag());
    SipRequest invite =
        mobile.send(
            mobile
                .invitation("1001", Sdps.phone("192.0.2.23", 4008))
                .header(
                    HeaderName.REPLACES,
                    call.arrived().callId()
                        + ";to-tag="
                        + call.arrived().fromTag()
                        + ";from-tag="
                        + bobsTag));
    SipResponse answer = mobile.expect(200);
    SimDialog dialog = mobile.dialog(invite, answer);
    mobile.ack(dialog, answer, null);
    bob.reply(bob.expect(Method.BYE), 200, null);

    mobile.send(dialog.request(Method.BYE));
    mobile.expect(200);
    alice.reply(alice.expect(Method.BYE), 200, null);
  }

  @Test
  void nobodyElseTakesACallOver() {
    String bobsTag = String.valueOf(call.calleeDialog().request(Method.INFO).build().fromTag());
    String replaces =
        call.arrived().callId() + ";to-tag=" + call.arrived().fromTag() + ";from-tag=" + bobsTag;
    SipRequest invite =
        carol.send(
            carol
                .invitation("1001", Sdps.phone("192.0.2.33", 4004))
                .header(HeaderName.REPLACES, replaces));
    carol.ackFailure(invite, carol.expect(403));
    SipRequest early =
        bob.send(
            bob.invitation("1001", BOBS).header(HeaderName.REPLACES, replaces + ";early-only"));
    bob.ackFailure(early, bob.expect(486));

    call.hangUp();
  }
}
