package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of routes that say {@code mode: proxy}. */
final class ProxiedCallTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  private final Lab lab = ProxyLab.make();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.advance(13 * 3_600_000); // a call whose BYE nobody saw counts for half a day
    lab.assertClean();
  }

  @Test
  void theCalleeGetsTheCallersOwnWords() {
    SipRequest sent =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .header("X-Unheard-Of", "a;b=\"c\", d")
                .header("Require", "100rel")
                .replace(
                    HeaderName.PROXY_AUTHORIZATION,
                    "Digest username=\"1001\", realm=\"example.com\", response=\"secret\""));
    SipRequest got = bob.expect(Method.INVITE);

    assertThat(got.callId()).isEqualTo(sent.callId());
    assertThat(got.headers().first(HeaderName.FROM)).isEqualTo(sent.headers().first("From"));
    assertThat(got.headers().first("X-Unheard-Of")).isEqualTo("a;b=\"c\", d");
    assertThat(got.headers().first(HeaderName.REQUIRE)).isEqualTo("100rel");
    assertThat(got.headers().first(HeaderName.CONTACT)).contains(alice.contact());
    assertThat(got.bodyText()).isEqualTo(OFFER);
    assertThat(got.requestUri()).hasToString(bob.contact());
    assertThat(got.maxForwards()).isEqualTo(68);
    assertThat(got.vias()).hasSize(2);
    assertThat(got.vias().get(1).received()).isEqualTo("192.0.2.11");
    assertThat(got.headers().has(HeaderName.PROXY_AUTHORIZATION)).isFalse();
    decline(got);
  }

  private void decline(SipRequest invite) {
    bob.reply(invite, 486, null);
    bob.expect(Method.ACK);
    alice.expect(486);
  }

  @Test
  void credentialsForAnotherRealmPass() {
    alice.send(
        alice
            .invitation("1002", OFFER)
            .replace(
                HeaderName.PROXY_AUTHORIZATION, "Digest username=\"1001\", realm=\"example.com\"")
            .header(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"x\", realm=\"elsewhere\""));
    SipRequest got = bob.expect(Method.INVITE);

    assertThat(got.headers().all(HeaderName.PROXY_AUTHORIZATION)).hasSize(1);
    decline(got);
  }

  @Test
  void responsesComeBackAsTheyAre() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 180, null, "X-Mood: fine");
    SipResponse ringing = alice.expect(180);
    assertThat(ringing.vias()).hasSize(1);
    assertThat(ringing.topVia().branch()).isEqualTo(invite.topVia().branch());
    assertThat(ringing.headers().first("X-Mood")).isEqualTo("fine");
    decline(got);
  }

  @Test
  void laterRequestsGoThroughUsInBothDirections() {
    SimCall call = ProxyLab.connect(alice, OFFER, bob, ANSWER);
    SipRequest ack = bob.expect(Method.ACK);
    assertThat(ack.routes()).isEmpty();
    assertThat(ack.vias()).hasSize(2);

    bob.send(call.calleeDialog().request(Method.INFO));
    SipRequest info = alice.expect(Method.INFO);
    assertThat(info.routes()).isEmpty();
    assertThat(info.requestUri()).hasToString(alice.contact());
    alice.reply(info, 200, null);
    bob.expect(200);
    ProxyLab.hangUp(call);
  }

  @Test
  void aReInvitePassesWithItsAck() {
    SimCall call = ProxyLab.connect(alice, OFFER, bob, ANSWER);
    bob.expect(Method.ACK);
    SipRequest again =
        bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), ANSWER));
    alice.reply(alice.expect(Method.INVITE), 200, OFFER);
    bob.ack(call.calleeDialog(), bob.expect(200), null);
    assertThat(alice.expect(Method.ACK).cseq().seq()).isEqualTo(again.cseq().seq());
    ProxyLab.hangUp(call);
  }

  @Test
  void aReInviteMayTakeAsLongAsTheOtherSideSaysThatItGoesOn() {
    SimCall call = ProxyLab.connect(alice, OFFER, bob, ANSWER);
    bob.expect(Method.ACK);
    alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), OFFER));
    SipRequest got = bob.expect(Method.INVITE);
    for (int minute = 0; minute < 5; minute++) {
      bob.reply(got, 183, null);
      alice.expect(183);
      lab.advance(60_000);
    }
    assertThat(bob.firstLines()).as("no CANCEL").isEmpty();
    bob.reply(got, 200, ANSWER);
    alice.ack(call.callerDialog(), alice.expect(200), null);
    bob.expect(Method.ACK);
    ProxyLab.hangUp(call);
  }

  @Test
  void aRepeatedAnswerIsPassedOnUntilItsAckArrives() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    SipResponse ok = bob.reply(got, 200, ANSWER);
    SipResponse first = alice.expect(200);
    bob.sendAgain(ok);
    SipResponse second = alice.expect(200);
    assertThat(second.wire()).isEqualTo(first.wire());
    alice.ack(alice.dialog(invite, second), second, null);
    bob.expect(Method.ACK);
  }

  @Test
  void betweenTransportsBothSidesSeeAnAddressTheyCanReach() {
    SimPhone browser = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SimCall call = ProxyLab.connect(alice, OFFER, browser, ANSWER);
    browser.expect(Method.ACK);

    assertThat(call.arrived().recordRoutes()).hasSize(2);
    assertThat(call.arrived().recordRoutes().get(0).toString()).contains(";transport=ws;lr");
    assertThat(call.arrived().recordRoutes().get(1).toString()).doesNotContain("transport");
    browser.send(call.calleeDialog().request(Method.BYE));
    SipRequest bye = alice.expect(Method.BYE);
    assertThat(bye.routes()).isEmpty();
    alice.reply(bye, 200, null);
    browser.expect(200);
  }

  @Test
  void cancelReachesTheCalleeWithItsReason() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 180, null);
    alice.expect(180);
    alice.cancel(invite);
    alice.expect(200);
    SipRequest cancel = bob.expect(Method.CANCEL);
    bob.reply(cancel, 200, null);
    assertThat(alice.firstLines()).isEmpty();
    bob.reply(got, 487, null);
    SipResponse refusal = alice.expect(487);
    alice.ackFailure(invite, refusal);
    bob.expect(Method.ACK);
  }

  @Test
  void aCancelWaitsUntilTheCalleeHasShownUp() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    alice.cancel(invite);
    alice.expect(200);
    assertThat(bob.firstLines()).isEmpty();
    assertThat(alice.firstLines()).isEmpty();

    bob.reply(got, 180, null);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(got, 487, null);
    bob.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(487));
  }

  @Test
  void whoAnswersBeforeTheCancelCouldReachItIsTalkedTo() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest got = bob.expect(Method.INVITE);
    alice.cancel(invite);
    alice.expect(200);
    bob.reply(got, 200, ANSWER);
    ProxyLab.endAnswered(alice, invite, alice.expect(200), bob);
  }

  @Test
  void aCancelledCallOfWhomNobodyWasHeardEndsAfterTheTimeOfTheTransaction() {
    SipRequest invite = alice.invite("1002", OFFER);
    alice.cancel(invite);
    alice.expect(200);
    lab.advance(31_000);
    assertThat(alice.firstLines()).containsExactly("SIP/2.0 100 Trying");
    lab.advance(1_000);
    alice.ackFailure(invite, alice.expect(408));
  }

  @Test
  void aTrunkThatKeepsSilentDelaysThatNoLongerThanItMay() {
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    first.expect(Method.INVITE);
    alice.cancel(invite);
    alice.expect(200);
    lab.advance(5_000);
    alice.ackFailure(invite, alice.expect(408));
    assertThat(second.firstLines()).isEmpty();
  }

  @Test
  void aTargetThatTakesNoCallsForAWhileDoesNotSayThatWeTakeNone() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 503, null, "Retry-After: 3600");
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isFalse();
  }

  @Test
  void aStrangerIsChallenged() {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).remove(HeaderName.PROXY_AUTHORIZATION));
    alice.ackFailure(invite, alice.expect(407));
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void hopsRunOut() {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).replace(HeaderName.MAX_FORWARDS, "0"));
    alice.ackFailure(invite, alice.expect(483));
  }

  @ParameterizedTest
  @ValueSource(strings = {"magic", "privacy"})
  void whatTheNextProxyWouldHaveToKnowIsRefused(String extension) {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).header(HeaderName.PROXY_REQUIRE, extension));
    SipResponse refusal = alice.expect(420);
    assertThat(refusal.headers().first(HeaderName.UNSUPPORTED)).isEqualTo(extension);
    alice.ackFailure(invite, refusal);
  }

  @Test
  void aRequestThatComesBackUnchangedIsALoop() {
    SimPhone loop = lab.phone("1004", Transport.UDP, "192.0.2.44");
    SipRequest invite = alice.invite("1004", OFFER);
    SipRequest got = loop.expect(Method.INVITE);
    SipRequest back =
        loop.send(
            got.edit()
                .requestUri(invite.requestUri())
                .copy(invite, HeaderName.PROXY_AUTHORIZATION));
    SipResponse refusal = loop.expect(482);
    loop.ackFailure(back, refusal);
    loop.reply(got, 482, null);
    alice.ackFailure(invite, alice.expect(482));
  }

  @Test
  void anAddressThatClosesItsConnectionIsConnectedToForTheBye() {
    Lab outside =
        new Lab(
            """
            domains: [example.com]
            listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
            routes:
              - { name: out, when: { from: registered }, to: { uri: "sip:203.0.113.1;transport=tcp" }, mode: proxy, media: direct }
            """,
            CallLimits.DEFAULTS);
    SimPhone caller = outside.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone there = outside.trunk("203.0.113.1", Transport.TCP);
    SimCall call = ProxyLab.connect(caller, OFFER, there, ANSWER);
    there.expect(Method.ACK);
    outside.disconnect(there, CloseCause.PEER_CLOSED);
    ProxyLab.hangUp(call);
    outside.assertClean();
  }

  @Test
  void aTrunkThatClosesItsConnectionIsConnectedToAtWhicheverOfItsTargetsIsThere() {
    Lab outside =
        new Lab(
            """
            domains: [example.com]
            listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
            trunks:
              pbx:
                targets: [ "sip:203.0.113.1;transport=tcp", "sip:203.0.113.2;transport=tcp" ]
                from: 203.0.113.0/24
            routes:
              - { name: down, when: { from: pbx }, to: { registrar: true }, mode: proxy, media: direct }
            """,
            CallLimits.DEFAULTS);
    SimPhone callee = outside.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone second = outside.trunk("203.0.113.2", Transport.TCP);
    SipRequest invite =
        second.send(
            second
                .invitation("1001", OFFER)
                .requestUri(SipUri.of("1001", "example.com", -1))
                .replace(HeaderName.CONTACT, "<sip:pbx.invalid;transport=tcp>"));
    SipRequest arrived = callee.expect(Method.INVITE);
    callee.reply(arrived, 200, ANSWER);
    SipResponse answer = second.expect(200);
    second.ack(second.dialog(invite, answer), answer, null);
    callee.expect(Method.ACK);
    outside.disconnect(second, CloseCause.PEER_CLOSED);
    callee.send(callee.dialog(arrived).request(Method.BYE));
    second.reply(second.expect(Method.BYE), 200, null);
    callee.expect(200);
    outside.assertClean();
  }

  /** Between a trunk's PBX and us, as a proxy that records no route. */
  private static void passBack(Lab behind, SimPhone pbx, SipResponse response) {
    pbx.wire().send(MessageCopy.withoutTopVia(response));
    behind.settle();
  }

  /** A PBX behind a trunk sends it back for a device of ours: then another route is meant. */
  @Test
  void aCallThatComesBackFromSomebodyElseIsNoLoop() {
    Lab behind =
        new Lab(
            """
            domains: [example.com]
            listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
            trunks: { pbx: { targets: "sip:203.0.113.1:5060", from: 203.0.113.0/24 } }
            routes:
              - { name: up, when: { from: registered }, to: { trunk: pbx }, mode: proxy, media: direct }
              - { name: down, when: { from: pbx }, to: { registrar: true }, mode: proxy, media: direct }
            """,
            CallLimits.DEFAULTS);
    SimPhone caller = behind.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone callee = behind.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone pbx = behind.trunk("203.0.113.1");
    SipRequest invite = caller.invite("1002", OFFER);
    SipRequest up = pbx.expect(Method.INVITE);
    pbx.send(up.edit().requestUri(invite.requestUri()));
    callee.reply(callee.expect(Method.INVITE), 200, ANSWER);
    passBack(behind, pbx, pbx.expect(200));
    SipResponse ok = caller.expect(200);
    SimDialog dialog = caller.dialog(invite, ok);
    caller.ack(dialog, ok, null);
    pbx.send(pbx.expect(Method.ACK).edit());
    callee.expect(Method.ACK);
    assertThat(behind.core().proxy().counted()).isEqualTo(2);

    caller.send(dialog.request(Method.BYE));
    pbx.send(pbx.expect(Method.BYE).edit());
    callee.reply(callee.expect(Method.BYE), 200, null);
    passBack(behind, pbx, pbx.expect(200));
    caller.expect(200);
    assertThat(behind.core().proxy().counted()).as("nothing waits for a timer").isZero();
    behind.assertClean();
  }
}
