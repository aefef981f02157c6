package org.drawbridge.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Nobody learns the other's address from a description that comes late, second or wrong. */
final class WithheldMediaTest extends RelayedPhones {

  private static void assertOff(SipMessage message) {
    assertThat(message.bodyText())
        .contains("m=audio 0 RTP/AVP", "c=IN IP4 0.0.0.0")
        .doesNotContain("192.0.2.");
  }

  @Test
  void anAnswerThatCrossesTheCancelOfAChangeIsTheAnswerToIt() {
    SimCall call = connect();
    String hold = Sdps.phone("192.0.2.22", 5000, 2, "sendonly");
    SipRequest sent = bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), hold));
    SipRequest got = alice.expect(Method.INVITE);
    bob.cancel(sent);
    bob.expect(200);
    alice.reply(got, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    SipResponse ok = bob.expect(200);

    assertOurs(ok);
    assertThat(ok.bodyText()).contains("a=recvonly");
    bob.ack(call.calleeDialog(), ok, null);
    alice.expect(Method.ACK);
    ProxyLab.hangUp(call);
  }

  @Test
  void aChangeThatIsCancelledInTimeLeavesTheSessionAsItWas() {
    SimCall call = connect();
    String hold = Sdps.phone("192.0.2.22", 5000, 2, "sendonly");
    SipRequest sent = bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), hold));
    SipRequest got = alice.expect(Method.INVITE);
    bob.cancel(sent);
    alice.reply(got, 100, null);
    alice.reply(alice.expect(Method.CANCEL), 200, null);
    alice.reply(got, 487, null);
    bob.ackFailure(sent, bob.expect(487));
    alice.expect(Method.ACK);

    alice.send(SimPhone.withSdp(call.callerDialog().request(Method.UPDATE), OFFER));
    SipRequest update = bob.expect(Method.UPDATE);
    assertThat(update.bodyText()).contains("a=sendrecv");
    bob.reply(update, 200, ANSWER);
    assertOurs(alice.expect(200));
    ProxyLab.hangUp(call);
  }

  @Test
  void aCancelledChangeThatNobodyAnswersEnds() {
    SimCall call = connect();
    SipRequest sent =
        bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), ANSWER));
    alice.expect(Method.INVITE);
    bob.cancel(sent);
    lab.advance(33_000);

    bob.ackFailure(sent, bob.expect(408));
    alice.clear();
    ProxyLab.hangUp(call);
  }

  @Test
  void aDialogBesideTheAnsweredOneHasNoMedia() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    SipResponse sent = bob.reply(got, 200, ANSWER);
    SipResponse first = alice.expect(200);
    assertOurs(first);
    alice.ack(alice.dialog(invite, first), first, null);
    bob.expect(Method.ACK);
    String fork = new String(sent.wire(), UTF_8).replace("tag=" + sent.toTag(), "tag=another");
    bob.wire().send(fork.getBytes(UTF_8));
    lab.settle();

    SipResponse second = alice.expect(200);
    assertOff(second);
    SimDialog other = alice.dialog(invite, second);
    alice.ack(other, second, OFFER);
    assertOff(bob.expect(Method.ACK));
    SipRequest change = alice.send(SimPhone.withSdp(other.request(Method.INVITE), OFFER));
    alice.ackFailure(change, alice.expect(488));
    SimCall call =
        new SimCall(alice, bob, alice.dialog(invite, first), bob.dialog(got), invite, got, first);
    ProxyLab.hangUp(call);
  }

  @Test
  void anAnswerAfterTheCallerWasToldOfAFailureHasNoMedia() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    giveUp(invite);
    bob.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);

    assertOff(ok);
    assertThat(lab.plane().open()).isEmpty();
    SimDialog dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, null);
    bob.expect(Method.ACK);
    ProxyLab.hangUp(new SimCall(alice, bob, dialog, bob.dialog(got), invite, got, ok));
  }

  @Test
  void norHasAnOfferInSuchAnAnswerAndTheAckThatAnswersIt() {
    SipRequest invite = alice.invite("1002", null);
    SipRequest got = bob.expect(Method.INVITE);
    giveUp(invite);
    bob.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);

    assertOff(ok);
    SimDialog dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, OFFER);
    assertOff(bob.expect(Method.ACK));
    ProxyLab.hangUp(new SimCall(alice, bob, dialog, bob.dialog(got), invite, got, ok));
  }

  private void giveUp(SipRequest invite) {
    lab.advance(30_100);
    alice.ackFailure(invite, alice.expect(408));
    bob.clear();
  }

  @Test
  void anAnswerThatCannotBeReadIsNotPassedOn() {
    SimCall call = connect();
    alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), OFFER));
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 200, "v=0\r\nc=IN IP4 192.0.2.22\r\n");
    SipResponse ok = alice.expect(200);

    assertOurs(ok);
    assertThat(ok.bodyText()).isEqualTo(call.answer().bodyText());
    alice.ack(call.callerDialog(), ok, OFFER);
    assertOurs(bob.expect(Method.ACK));
    ProxyLab.hangUp(call);
  }
}
