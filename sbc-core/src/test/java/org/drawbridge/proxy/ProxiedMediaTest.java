package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Calls that are passed on with their media relayed. */
final class ProxiedMediaTest extends RelayedPhones {

  @Test
  void eachSideSendsItsMediaToUsUntilSomebodyHangsUp() {
    SimCall call = connect();

    assertOurs(call.arrived());
    assertOurs(call.answer());
    assertThat(lab.plane().open()).hasSize(2);
    assertThat(lab.plane().joins()).hasSize(1);
    ProxyLab.hangUp(call);
    assertThat(lab.plane().open()).isEmpty();
  }

  @Test
  void aByeThatHasToBeSignedFirstEndsNothing() {
    SimCall call = connect();
    bob.send(call.calleeDialog().request(Method.BYE));
    alice.reply(alice.expect(Method.BYE), 407, null);
    bob.expect(407);
    assertThat(lab.plane().open()).hasSize(2);
    ProxyLab.hangUp(call);
  }

  @Test
  void anAnswerWhileItRingsIsRepeatedAsItWas() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 183, ANSWER);
    SipResponse early = alice.expect(183);
    SipResponse sent = bob.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    bob.sendAgain(sent);
    SipResponse again = alice.expect(200);

    assertOurs(early);
    assertThat(ok.bodyText()).isEqualTo(early.bodyText());
    assertThat(again.wire()).isEqualTo(ok.wire());
    alice.ack(alice.dialog(invite, ok), ok, null);
    bob.expect(Method.ACK);
    ProxyLab.hangUp(
        new SimCall(alice, bob, alice.dialog(invite, ok), bob.dialog(got), invite, got, ok));
  }

  @Test
  void aBrowserCallsAPhone() {
    SimPhone browser = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SimCall call = ProxyLab.connect(browser, Sdps.browserOffer("192.0.2.33"), bob, ANSWER);
    bob.expect(Method.ACK);

    assertThat(call.arrived().bodyText()).contains("RTP/AVP").doesNotContain("fingerprint");
    assertThat(call.answer().bodyText()).contains("UDP/TLS/RTP/SAVPF").contains("a=ice-lite");
    ProxyLab.hangUp(call);
  }

  @Test
  void aPhoneCallsABrowser() {
    SimPhone browser = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SimCall call = ProxyLab.connect(alice, OFFER, browser, Sdps.browserAnswer("192.0.2.33"));
    browser.expect(Method.ACK);

    assertThat(call.arrived().bodyText()).contains("UDP/TLS/RTP/SAVPF");
    assertThat(call.answer().bodyText()).contains("RTP/AVP").doesNotContain("fingerprint");
    ProxyLab.hangUp(call);
  }

  @Test
  void anOfferInTheAnswerIsAnsweredInTheAck() {
    SipRequest invite = alice.invite("1002", null);
    SipRequest got = bob.expect(Method.INVITE);
    SipResponse sent = bob.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    bob.sendAgain(sent);
    SipResponse again = alice.expect(200);
    var dialog = alice.dialog(invite, ok);
    SipRequest ackSent = alice.ack(dialog, ok, OFFER);
    SipRequest ack = bob.expect(Method.ACK);
    alice.sendAgain(ackSent);

    assertThat(got.bodyLength()).isZero();
    assertOurs(ok);
    assertThat(again.wire()).isEqualTo(ok.wire());
    assertOurs(ack);
    assertThat(bob.expect(Method.ACK).bodyText()).isEqualTo(ack.bodyText());
    assertThat(lab.plane().joins()).hasSize(1);
    ProxyLab.hangUp(new SimCall(alice, bob, dialog, bob.dialog(got), invite, got, ok));
  }

  @Test
  void aHoldCrossesAndAnotherChangeMeanwhileHasToWait() {
    SimCall call = connect();
    String hold = Sdps.phone("192.0.2.22", 5000, 2, "sendonly");
    SipRequest sent = bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), hold));
    SipRequest got = alice.expect(Method.INVITE);
    assertOurs(got);
    assertThat(got.bodyText()).contains("a=sendonly");

    SipRequest glare =
        alice.send(SimPhone.withSdp(call.callerDialog().request(Method.UPDATE), OFFER));
    assertThat(alice.expect(491).cseq()).isEqualTo(glare.cseq());
    alice.reply(got, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    SipResponse ok = bob.expect(200);
    assertOurs(ok);
    assertThat(ok.bodyText()).contains("a=recvonly");
    assertThat(ok.cseq()).isEqualTo(sent.cseq());
    bob.ack(call.calleeDialog(), ok, null);
    alice.expect(Method.ACK);
    ProxyLab.hangUp(call);
  }

  @Test
  void aRefreshWithoutMediaLeavesAnOfferOfTheOtherSideAlone() {
    SimCall call = connect();
    String hold = Sdps.phone("192.0.2.22", 5000, 2, "sendonly");
    bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), hold));
    SipRequest held = alice.expect(Method.INVITE);
    alice.send(call.callerDialog().request(Method.UPDATE));
    bob.reply(bob.expect(Method.UPDATE), 200, null);
    alice.expect(200);
    alice.reply(held, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    SipResponse ok = bob.expect(200);

    assertOurs(ok);
    assertThat(ok.bodyText()).contains("a=recvonly");
    bob.ack(call.calleeDialog(), ok, null);
    alice.expect(Method.ACK);
    ProxyLab.hangUp(call);
  }

  @Test
  void aRefusedChangeLeavesTheSessionAsItWas() {
    SimCall call = connect();
    SipRequest sent =
        bob.send(
            SimPhone.withSdp(
                call.calleeDialog().request(Method.INVITE),
                Sdps.phone("192.0.2.22", 5000, 2, "sendonly")));
    alice.reply(alice.expect(Method.INVITE), 488, null);
    alice.expect(Method.ACK);
    bob.ackFailure(sent, bob.expect(488));
    alice.send(SimPhone.withSdp(call.callerDialog().request(Method.UPDATE), OFFER));
    SipRequest update = bob.expect(Method.UPDATE);
    assertOurs(update);
    assertThat(update.bodyText()).contains("a=sendrecv");
    bob.reply(update, 200, ANSWER);
    assertOurs(alice.expect(200));
    ProxyLab.hangUp(call);
  }

  @Test
  void theSessionMayChangeWhileItRingsOnceItWasAnsweredReliably() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 183, ANSWER, "RSeq: 1", "Require: 100rel");
    SipResponse early = alice.expect(183);
    assertOurs(early);
    var dialog = alice.dialog(invite, early);
    alice.send(dialog.request(Method.PRACK).header(HeaderName.RACK, "1 100 INVITE"));
    bob.reply(bob.expect(Method.PRACK), 200, null);
    alice.expect(200);
    alice.send(
        SimPhone.withSdp(
            dialog.request(Method.UPDATE), Sdps.phone("192.0.2.11", 4000, 2, "sendonly")));
    SipRequest update = bob.expect(Method.UPDATE);
    assertOurs(update);
    bob.reply(update, 200, Sdps.phone("192.0.2.22", 5000, 2, "recvonly"));
    assertOurs(alice.expect(200));
    bob.reply(got, 200, null);
    SipResponse ok = alice.expect(200);
    alice.ack(dialog, ok, null);
    bob.expect(Method.ACK);
    ProxyLab.hangUp(new SimCall(alice, bob, dialog, bob.dialog(got), invite, got, ok));
  }

  @Test
  void anOfferInAReliableResponseIsAnsweredInThePrack() {
    SipRequest invite = alice.invite("1002", null);
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 183, ANSWER, "RSeq: 1", "Require: 100rel");
    SipResponse early = alice.expect(183);
    assertOurs(early);
    var dialog = alice.dialog(invite, early);
    alice.send(
        SimPhone.withSdp(
            dialog.request(Method.PRACK).header(HeaderName.RACK, "1 100 INVITE"), OFFER));
    SipRequest prack = bob.expect(Method.PRACK);
    assertOurs(prack);
    bob.reply(prack, 200, null);
    alice.expect(200);
    bob.reply(got, 200, null);
    SipResponse ok = alice.expect(200);
    alice.ack(dialog, ok, null);
    bob.expect(Method.ACK);
    assertThat(lab.plane().joins()).hasSize(1);
    ProxyLab.hangUp(new SimCall(alice, bob, dialog, bob.dialog(got), invite, got, ok));
  }

  @Test
  void aRefusedCallAndOneThatIsTakenBackLeaveNothing() {
    SipRequest refused = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    bob.expect(Method.ACK);
    alice.ackFailure(refused, alice.expect(486));
    assertThat(lab.plane().open()).isEmpty();

    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 180, null);
    alice.cancel(invite);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(got, 487, null);
    alice.ackFailure(invite, alice.expect(487));
    assertThat(lab.plane().open()).isEmpty();
  }

  @Test
  void whoeverAnswersFirstKeepsItsPortsAndTheOthersLoseTheirs() {
    SimPhone mobile = lab.phone("1002", Transport.UDP, "192.0.2.23");
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atBob = bob.expect(Method.INVITE);
    SipRequest atMobile = mobile.expect(Method.INVITE);
    assertThat(atBob.bodyText()).isNotEqualTo(atMobile.bodyText());
    bob.reply(atBob, 180, null);
    assertThat(lab.plane().open()).hasSize(3);
    mobile.reply(atMobile, 200, Sdps.phone("192.0.2.23", 6000));
    SipResponse ok = alice.expect(200);
    assertOurs(ok);
    assertThat(lab.plane().open()).hasSize(2);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(atBob, 487, null);
    var dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, null);
    mobile.expect(Method.ACK);
    ProxyLab.hangUp(
        new SimCall(alice, mobile, dialog, mobile.dialog(atMobile), invite, atMobile, ok));
  }

  @Test
  void silenceReleasesTheMediaAndLeavesTheEndToTheParties() {
    SimCall call = connect();
    lab.plane().open().getFirst().listener().onSilent(30_000);
    lab.settle();

    assertThat(lab.plane().open()).isEmpty();
    assertThat(lab.counters().registry().get("drawbridge_proxy_silent_total")).isEqualTo(1);
    SipRequest again =
        alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), OFFER));
    alice.ackFailure(again, alice.expect(481));
    ProxyLab.hangUp(call);
  }

  @Test
  void aSessionThatNobodyRefreshesEnds() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    assertThat(got.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("1800");
    bob.reply(got, 200, ANSWER, "Session-Expires: 90;refresher=uas");
    SipResponse ok = alice.expect(200);
    var dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, null);
    lab.advance(80_000);
    alice.send(dialog.request(Method.UPDATE));
    bob.reply(bob.expect(Method.UPDATE), 200, null, "Session-Expires: 90;refresher=uac");
    lab.advance(90_000);
    assertThat(lab.plane().open()).hasSize(2);
    lab.advance(40_000);
    assertThat(lab.plane().open()).isEmpty();
  }

  /** Who is called knows no timers, so it is the proxy that says so (RFC 4028 section 8.2). */
  @Test
  void aCallerThatKnowsTimersIsToldToRefreshACalleeThatDoesNot() {
    SipRequest invite = alice.invite("1002", OFFER);
    assertThat(invite.headers().first(HeaderName.SUPPORTED)).isEqualTo("timer");
    SipRequest got = bob.expect(Method.INVITE);
    SipResponse sent = bob.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    assertRefresher(ok, "1800;refresher=uac");
    bob.sendAgain(sent);
    assertThat(alice.expect(200).wire()).isEqualTo(ok.wire());
    var dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, null);
    lab.advance(900_000);
    alice.send(
        dialog
            .request(Method.UPDATE)
            .header(HeaderName.SUPPORTED, "timer")
            .header(HeaderName.SESSION_EXPIRES, "1800;refresher=uac"));
    bob.reply(bob.expect(Method.UPDATE), 200, null);
    assertRefresher(alice.expect(200), "1800;refresher=uac");
    lab.advance(1_820_000);
    assertThat(lab.plane().open()).as("it was refreshed").hasSize(2);
    lab.advance(20_000);
    assertThat(lab.plane().open()).as("nobody refreshes it any more").isEmpty();
  }

  private static void assertRefresher(SipResponse success, String expected) {
    assertThat(success.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo(expected);
    assertThat(success.headers().first(HeaderName.REQUIRE)).isEqualTo("timer");
  }

  @Test
  void whoKnowsNoTimersIsToldOfNone() {
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).remove(HeaderName.SUPPORTED));
    bob.reply(bob.expect(Method.INVITE), 200, ANSWER);
    SipResponse ok = alice.expect(200);
    assertThat(ok.headers().has(HeaderName.SESSION_EXPIRES)).isFalse();
    ProxyLab.endAnswered(alice, invite, ok, bob);
  }

  @Test
  void theSessionThatIsAskedForIsNeverShorterThanTheCallerTakes() {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).header(HeaderName.MIN_SE, "3600"));
    SipRequest got = bob.expect(Method.INVITE);
    assertThat(got.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("3600");
    bob.reply(got, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void oneMoreThanThereMayBeIsRefusedAndCounted() {
    SimCall first = connect();
    SimCall second = connect();
    SipRequest third = alice.invite("1002", OFFER);
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(third, refusal);

    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isTrue();
    assertThat(lab.counters().registry().snapshot())
        .filteredOn(sample -> sample.value().equals("proxied-calls"))
        .singleElement()
        .satisfies(sample -> assertThat(sample.amount()).isEqualTo(1));
    List.of(first, second).forEach(ProxyLab::hangUp);
  }

  @Test
  void whatCannotBeRelayedIsRefused() {
    SipRequest odd = alice.invite("1002", "v=nonsense\r\n");
    alice.ackFailure(odd, alice.expect(400));
    lab.plane().exhaust();
    SipRequest invite = alice.invite("1002", OFFER);
    alice.ackFailure(invite, alice.expect(503));
    assertThat(bob.firstLines()).isEmpty();
  }
}
