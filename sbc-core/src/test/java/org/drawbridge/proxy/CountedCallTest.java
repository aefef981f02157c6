package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.limit.LimitKind;
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
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of {@code mode: proxy} count as others do: at once, by the minute, and for all. */
final class CountedCallTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      users:
        "1001": { md5: "00000000000000000000000000000000", limits: { calls: 2 } }
      trunks:
        acme:
          targets: "sip:203.0.113.1:5060"
          from: 203.0.113.0/24
          limits: { calls: 1 }
        beta: { targets: "sip:192.0.2.77:5060", limits: { calls: 1, minutes-a-day: 10 } }
      routes:
        - { name: emergency, when: { to: "112" }, emergency: true, to: { trunk: acme }, mode: proxy }
        - { name: one, when: { from: registered, to: "1[0-9]{6}" }, to: { trunk: acme }, mode: proxy, media: direct }
        - { name: two, when: { from: registered, to: "2[0-9]{6}" }, to: [ { trunk: acme }, { trunk: beta } ], mode: proxy, media: direct }
        - { name: inside, to: { registrar: true }, mode: proxy }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 5000);

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS, 2);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone acme = lab.trunk("203.0.113.1");
  private final SimPhone beta = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
    assertThat(calls("acme")).isZero();
    assertThat(calls("beta")).isZero();
    assertThat(lab.meters().ofAll().calls()).isZero();
    assertThat(lab.meters().ofAccount(alice.aor()).calls()).isZero();
  }

  private int calls(String trunk) {
    return lab.meters().ofTrunk(trunk).calls();
  }

  private SimCall connect(SimPhone caller, String number, SimPhone callee, String... headers) {
    SipRequest invite = caller.invite(number, OFFER);
    SipRequest arrived = callee.expect(Method.INVITE);
    callee.reply(arrived, 200, ANSWER, headers);
    SipResponse ok = caller.expect(200);
    SimDialog dialog = caller.dialog(invite, ok);
    caller.ack(dialog, ok, null);
    callee.expect(Method.ACK);
    return new SimCall(caller, callee, dialog, callee.dialog(arrived), invite, arrived, ok);
  }

  private static String refused(SimPhone caller, String number, int status) {
    SipRequest invite = caller.invite(number, OFFER);
    SipResponse refusal = caller.expect(status);
    caller.ackFailure(invite, refusal);
    return String.valueOf(refusal.headers().first(HeaderName.WARNING));
  }

  @Test
  void aCallThatIsUpKeepsItsPlaceUntilItsBye() {
    SimCall call = connect(bob, "1000001", acme);
    assertThat(calls("acme")).isEqualTo(1);
    assertThat(refused(alice, "1000001", 503)).contains("Trunk acme is at its limit of 1 calls");
    ProxyLab.hangUp(call);
    assertThat(calls("acme")).isZero();
    assertThat(lab.meters().ofTrunk("acme").refused()).containsEntry(LimitKind.CALLS, 1L);
    ProxyLab.hangUp(connect(alice, "1000001", acme));
  }

  @Test
  void theByeOfTheCalledSideEndsItToo() {
    SimCall call = connect(alice, "1000001", acme);
    acme.send(call.calleeDialog().request(Method.BYE));
    alice.reply(alice.expect(Method.BYE), 200, null);
    acme.expect(200);
  }

  @Test
  void aByeThatHasToBeSignedEndsNothing() {
    SimCall call = connect(alice, "1000001", acme);
    alice.send(call.callerDialog().request(Method.BYE));
    acme.reply(acme.expect(Method.BYE), 407, null);
    alice.expect(407);
    assertThat(calls("acme")).isEqualTo(1);
    ProxyLab.hangUp(call);
  }

  /** The callee may answer in the same moment, or another one behind a forking proxy. */
  @Test
  void aByeToOneThatStillRingsLeavesTheRestToTheInvite() {
    SipRequest invite = alice.invite("1000001", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    acme.reply(arrived, 180, null);
    SimDialog early = alice.dialog(invite, alice.expect(180));
    alice.send(early.request(Method.BYE));
    acme.reply(acme.expect(Method.BYE), 200, null);
    alice.expect(200);
    acme.reply(arrived, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    assertThat(calls("acme")).as("it was answered").isEqualTo(1);
    ProxyLab.endAnswered(alice, invite, ok, acme);
  }

  /** Else it would count until its session has run out, and its caller would talk to nobody. */
  @Test
  void aByeThatHasOvertakenItsOwnAnswerPassesAfterIt() {
    SipRequest invite = alice.invite("1000001", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    acme.reply(arrived, 180, null);
    acme.send(acme.dialog(arrived).request(Method.BYE));
    alice.expect(180);
    assertThat(alice.firstLines()).isEmpty();
    acme.reply(arrived, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    alice.ack(alice.dialog(invite, ok), ok, null);
    alice.reply(alice.expect(Method.BYE), 200, null);
    acme.expect(200);
    acme.expect(Method.ACK);

    assertThat(calls("acme")).isZero();
  }

  @Test
  void aByeWhoseAnswerNeverComesPassesAllTheSame() {
    SipRequest invite = alice.invite("1000001", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    acme.reply(arrived, 180, null);
    acme.send(acme.dialog(arrived).request(Method.BYE));
    lab.advance(2_100);
    alice.reply(alice.expect(Method.BYE), 200, null);
    acme.expect(200);
    acme.reply(arrived, 480, null);
    alice.ackFailure(invite, alice.expect(480));
  }

  @Test
  void aCallFromATrunkCountsThere() {
    SimCall call = connect(acme, "1002", bob);
    assertThat(calls("acme")).isEqualTo(1);
    assertThat(refused(acme, "1002", 503)).contains("Trunk acme");
    ProxyLab.hangUp(call);
  }

  @Test
  void theNextTrunkHasItsTurnAndItsMinutesRunOut() {
    SimCall block = connect(bob, "1000001", acme);
    SimCall call = connect(alice, "2000001", beta);
    lab.advance(10 * 60_000);
    ProxyLab.hangUp(call);
    assertThat(refused(alice, "2000001", 503)).contains("limit of 10 minutes a day");
    ProxyLab.hangUp(block);
  }

  @Test
  void aPlaceIsGivenBackWhereTheCallFailsMovesOnOrIsCancelled() {
    SipRequest invite = alice.invite("2000001", OFFER);
    assertThat(calls("acme")).isEqualTo(1);
    acme.reply(acme.expect(Method.INVITE), 500, null);
    assertThat(calls("acme")).isZero();
    assertThat(calls("beta")).isEqualTo(1);
    beta.reply(beta.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    assertThat(calls("beta")).isZero();

    SipRequest second = alice.invite("1000001", OFFER);
    SipRequest ringing = acme.expect(Method.INVITE);
    acme.reply(ringing, 180, null);
    alice.cancel(second);
    acme.reply(acme.expect(Method.CANCEL), 200, null);
    acme.reply(ringing, 487, null);
    lab.settle();
  }

  @Test
  void aLostByeKeepsAPlaceForAsLongAsTheSessionOnly() {
    SimCall call = connect(alice, "1000001", acme, "Session-Expires: 90;refresher=uac");
    lab.advance(80_000);
    alice.send(call.callerDialog().request(Method.UPDATE));
    acme.reply(acme.expect(Method.UPDATE), 200, null, "Session-Expires: 90;refresher=uac");
    alice.expect(200);
    lab.advance(100_000);
    assertThat(calls("acme")).as("it was refreshed").isEqualTo(1);
    lab.advance(30_000);
    assertThat(calls("acme")).isZero();
  }

  @Test
  void whoeverAsksForNoSessionTimerIsAskedForOne() {
    SipRequest invite = alice.invite("1000001", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    assertThat(arrived.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("1800");
    acme.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void anEmergencyCallPassesTheLimitAndEndsNoCallThatAProxyCannotEnd() {
    SimCall call = connect(bob, "1000001", acme);
    SimCall emergency = connect(alice, "112", acme);
    assertThat(calls("acme")).isEqualTo(2);
    ProxyLab.hangUp(emergency);
    ProxyLab.hangUp(call);
  }

  /** A PBX behind a trunk sends a call back for a device of ours. */
  @Test
  void aSecondPassageOfACallThatIsRefusedTakesNothingFromTheFirst() {
    SipRequest invite = alice.invite("2000001", OFFER);
    SipRequest up = acme.expect(Method.INVITE);
    assertThat(calls("acme")).isEqualTo(1);
    SipRequest down = acme.send(up.edit().requestUri(SipUri.of("1002", "example.com", -1)));
    SipResponse full = acme.expect(503);
    acme.ackFailure(down, full);
    assertThat(calls("acme")).as("the first passage still counts").isEqualTo(1);
    acme.reply(up, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }
}
