package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
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

/**
 * Bob talks to Alice, calls Carol, and connects the two while it still rings (RFC 5589 section
 * 7.6). Eight loops, so that calls seldom share one.
 */
final class SemiAttendedTransferTest {

  private static final String BOBS = Sdps.phone("192.0.2.22", 4002);
  private static final String CAROLS = Sdps.phone("192.0.2.33", 4004);

  private final Lab lab = new Lab(Lab.CONFIG, CallLimits.DEFAULTS, 8);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
  private final SimCall call = SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, BOBS);
  private final SipRequest invite = bob.invite("1003", BOBS);
  private final SipRequest arrived = carol.expect(Method.INVITE);
  private String replaces = "";

  @BeforeEach
  void itRings() {
    carol.reply(arrived, 180, null);
    SipResponse ringing = bob.expect(180);
    replaces = invite.callId() + ";to-tag=" + ringing.toTag() + ";from-tag=" + invite.fromTag();
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void refer() {
    String referTo =
        "<sip:1003@example.com?Replaces=" + URLEncoder.encode(replaces, StandardCharsets.UTF_8);
    bob.send(call.calleeDialog().request(Method.REFER).header(HeaderName.REFER_TO, referTo + ">"));
    bob.expect(202);
    assertThat(notified()).isEqualTo("SIP/2.0 100 Trying");
    assertThat(notified()).isEqualTo("SIP/2.0 180 Ringing");
  }

  private String notified() {
    SipRequest notify = bob.expect(Method.NOTIFY);
    bob.reply(notify, 200, null);
    return notify.bodyText().strip();
  }

  private void answer() {
    carol.reply(arrived, 200, CAROLS);
    carol.expect(Method.ACK);
  }

  private void bobGivesItsOwnCallUp() {
    bob.cancel(invite);
    bob.expect(200);
    bob.ackFailure(invite, bob.expect(487));
  }

  private static void told(SimPhone phone, String whom) {
    SipRequest update = phone.expect(Method.UPDATE);
    phone.reply(update, 200, null);
    assertThat(update.headers().first(HeaderName.P_ASSERTED_IDENTITY)).isEqualTo(whom);
  }

  private void aliceAndCarolTalk() {
    told(alice, "<sip:1003@example.com>");
    told(carol, "\"1001 name\" <sip:1001@example.com>");
    assertThat(lab.plane().open()).as("two parties and a link").hasSize(4);
    alice.hangUp(call.callerDialog(), carol);
  }

  @Test
  void theCallRingsOnWhenItsCallerHasGone() {
    refer();
    bobGivesItsOwnCallUp();
    assertThat(carol.firstLines()).isEmpty();
    answer();
    assertThat(notified()).isEqualTo("SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);

    assertThat(bob.firstLines()).isEmpty();
    aliceAndCarolTalk();
  }

  /** A browser closes its media with its call. */
  @Test
  void itRingsOnWhenTheMediaOfWhoHasGoneFails() {
    LabPlane.Port own = lab.plane().open().get(2);
    refer();
    bobGivesItsOwnCallUp();
    own.listener().onFailed("it was closed");
    assertThat(carol.firstLines()).isEmpty();
    answer();
    assertThat(notified()).isEqualTo("SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);

    aliceAndCarolTalk();
  }

  /** As a handset does that is put down. */
  @Test
  void bothCallsMayBeHungUpWhileItRings() {
    refer();
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    bobGivesItsOwnCallUp();
    answer();

    aliceAndCarolTalk();
  }

  @Test
  void whoWaitsForTheAnswerIsHungUpThen() {
    refer();
    answer();
    SipResponse success = bob.expect(200);
    bob.ack(bob.dialog(invite, success), success, null);
    assertThat(notified()).isEqualTo("SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);
    bob.reply(bob.expect(Method.BYE), 200, null);

    aliceAndCarolTalk();
  }

  @Test
  void whoWasToBeTransferredIsThereStillWhenItIsDeclined() {
    refer();
    bobGivesItsOwnCallUp();
    carol.reply(arrived, 486, null);
    carol.expect(Method.ACK);

    assertThat(notified()).isEqualTo("SIP/2.0 486 Busy Here");
    call.hangUp();
  }

  @Test
  void nobodyIsRungForWhoHasHungUp() {
    refer();
    bobGivesItsOwnCallUp();
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    carol.reply(carol.expect(Method.CANCEL), 200, null);
    carol.reply(arrived, 487, null);
    bob.reply(bob.expect(Method.BYE), 200, null);
    assertThat(notified()).startsWith("SIP/2.0 487");
  }

  @Test
  void theTransferMayFailAndTheCallOfItsCallerRingOn() {
    refer();
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    assertThat(notified()).startsWith("SIP/2.0 487");
    bob.reply(bob.expect(Method.BYE), 200, null);
    answer();
    bob.endAnswered(invite, bob.expect(200), carol);
  }

  /** Whoever is transferred has been told nothing of a session yet that somebody holds. */
  @Test
  void whoIsOnHoldIsTakenOffIt() {
    bob.send(
        SimPhone.withSdp(
                call.calleeDialog().request(Method.INVITE),
                Sdps.phone("192.0.2.22", 4002, 2, "sendonly"))
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">"));
    alice.reply(alice.expect(Method.INVITE), 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    alice.expect(Method.ACK);
    bob.ack(call.calleeDialog(), bob.expect(200), null);
    refer();
    bobGivesItsOwnCallUp();
    answer();
    SipRequest resumed = alice.expect(Method.INVITE);
    alice.reply(resumed, 200, Sdps.phone("192.0.2.11", 4000, 3, "sendrecv"));
    alice.expect(Method.ACK);
    assertThat(notified()).isEqualTo("SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);

    assertThat(resumed.bodyText()).contains("a=sendrecv");
    carol.reply(carol.expect(Method.UPDATE), 200, null);
    alice.hangUp(call.callerDialog(), carol);
  }

  /** Whom it would transfer has hung up, and another is about to take that place. */
  @Test
  void whoHasJustAnsweredTransfersNobodyWhoHasGone() {
    bob.cancel(invite);
    bob.expect(200);
    bob.ackFailure(invite, bob.expect(487));
    carol.reply(carol.expect(Method.CANCEL), 200, null);
    carol.reply(arrived, 487, null);
    carol.expect(Method.ACK);
    SipRequest held = bob.invite("1003", Sdps.phone("192.0.2.22", 4002, 1, "sendonly"));
    SipRequest ringing = carol.expect(Method.INVITE);
    carol.reply(ringing, 180, null);
    String tag = bob.expect(180).toTag();
    replaces = held.callId() + ";to-tag=" + tag + ";from-tag=" + held.fromTag();
    refer();
    bob.cancel(held);
    bob.expect(200);
    bob.ackFailure(held, bob.expect(487));
    carol.reply(ringing, 200, Sdps.phone("192.0.2.33", 4004, 1, "recvonly"));
    carol.expect(Method.ACK);
    SipRequest resumed = carol.expect(Method.INVITE);
    carol.send(
        carol
            .dialog(ringing)
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, "<sip:1001@example.com>"));
    carol.expect(491);
    carol.reply(resumed, 200, Sdps.phone("192.0.2.33", 4004, 2, "sendrecv"));
    carol.expect(Method.ACK);
    assertThat(notified()).isEqualTo("SIP/2.0 200 OK");
    bob.reply(bob.expect(Method.BYE), 200, null);

    aliceAndCarolTalk();
  }

  @Test
  void theSameAccountMayWaitForTheAnswerElsewhere() {
    SimPhone mobile = lab.phone("1002", Transport.TCP, "192.0.2.23");
    SipRequest taking =
        mobile.send(
            mobile
                .invitation("1003", Sdps.phone("192.0.2.23", 4008))
                .header(HeaderName.REPLACES, replaces + ";early-only"));
    mobile.expect(180);
    bobGivesItsOwnCallUp();
    answer();
    SipResponse success = mobile.expect(200);
    mobile.endAnswered(taking, success, carol);
    call.hangUp();
  }
}
