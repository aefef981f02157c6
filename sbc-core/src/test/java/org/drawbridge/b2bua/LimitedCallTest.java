package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.limit.LimitKind;
import org.drawbridge.reach.CallLimits;
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
import org.junit.jupiter.api.Test;

/** Calls that meet the limits of trunks, accounts, groups and of all. */
final class LimitedCallTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      limits: { calls: 4, answer: 486 }
      users:
        1001: { md5: 0cf1a0f8e2a87a3f9d3c9a8e2a87a3f9, limits: { calls: 2, rate: 3/s } }
        1002: { md5: 0cf1a0f8e2a87a3f9d3c9a8e2a87a3f9, group: sales }
        1003: { md5: 0cf1a0f8e2a87a3f9d3c9a8e2a87a3f9, group: sales, limits: { calls: 1 } }
      account-groups:
        sales: { limits: { calls: 2, answer: 503 } }
      trunks:
        acme:
          targets: "sip:203.0.113.1:5060"
          from: 203.0.113.0/24
          limits: { calls: 1 }
        beta: { targets: "sip:192.0.2.77:5060", limits: { calls: 1, minutes-a-day: 10 } }
      routes:
        - name: emergency
          when: { from: registered, to: "112" }
          emergency: true
          preempt: true
          to: { trunk: acme }
        - name: one
          when: { from: registered, to: "1[0-9]{6}" }
          to: { trunk: acme }
        - name: two
          when: { from: registered, to: "2[0-9]{6}" }
          to: [ { trunk: acme }, { trunk: beta } ]
        - name: inside
          to: { registrar: true }
      """;

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS, 2);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
  private final SimPhone acme = lab.trunk("203.0.113.1");
  private final SimPhone beta = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
    assertThat(calls("acme")).isZero();
    assertThat(calls("beta")).isZero();
    assertThat(lab.meters().ofGroup("sales").calls()).isZero();
    assertThat(lab.meters().ofAccount(alice.aor()).calls()).isZero();
  }

  private int calls(String trunk) {
    return lab.meters().ofTrunk(trunk).calls();
  }

  private static String offer(SimPhone phone) {
    return Sdps.phone(phone.wire().local().getAddress().getHostAddress(), 4000);
  }

  /** A call that is answered and acknowledged. */
  private static SimDialog connect(SimPhone caller, String number, SimPhone callee) {
    SipRequest invite = caller.invite(number, offer(caller));
    callee.reply(callee.expect(Method.INVITE), 200, offer(callee));
    SipResponse answer = caller.expect(200);
    callee.expect(Method.ACK);
    SimDialog dialog = caller.dialog(invite, answer);
    caller.ack(dialog, answer, null);
    return dialog;
  }

  private static SipResponse refused(SimPhone caller, String number, int status) {
    SipRequest invite = caller.invite(number, offer(caller));
    SipResponse refusal = caller.expect(status);
    caller.ackFailure(invite, refusal);
    return refusal;
  }

  private static String warning(SipResponse response) {
    return String.valueOf(response.headers().first(HeaderName.WARNING));
  }

  @Test
  void aFullTrunkIsNamedToTheCallerAndFreeAgainAfterTheCall() {
    SimDialog first = connect(bob, "1000001", acme);
    SipResponse refusal = refused(alice, "1000001", 503);
    assertThat(warning(refusal)).contains("Trunk acme is at its limit of 1 calls at once");
    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isFalse();
    assertThat(lab.meters().ofTrunk("acme").refused()).containsEntry(LimitKind.CALLS, 1L);
    assertThat(lab.meters().refused(LimitKind.CALLS)).isEqualTo(1);

    bob.hangUp(first, acme);
    alice.hangUp(connect(alice, "1000001", acme), acme);
  }

  @Test
  void theNextTrunkHasItsTurnWhereOneIsFull() {
    SimDialog first = connect(bob, "1000001", acme);
    SimDialog second = connect(alice, "2000001", beta);
    assertThat(calls("beta")).isEqualTo(1);
    assertThat(warning(refused(alice, "2000001", 503))).contains("Trunk beta");
    bob.hangUp(first, acme);
    alice.hangUp(second, beta);
  }

  @Test
  void aCallThatMovesOnTakesItsPlaceAlong() {
    SipRequest invite = alice.invite("2000001", offer(alice));
    SipRequest arrived = acme.expect(Method.INVITE);
    assertThat(calls("acme")).isEqualTo(1);
    acme.reply(arrived, 500, null);
    beta.expect(Method.INVITE);
    assertThat(calls("acme")).isZero();
    assertThat(calls("beta")).isEqualTo(1);
    alice.cancel(invite);
    lab.settle();
    assertThat(lab.meters().ofAccount(alice.aor()).calls()).isZero();
  }

  @Test
  void callsFromATrunkCountToo() {
    SimDialog in = connect(acme, "1002", bob);
    assertThat(calls("acme")).isEqualTo(1);
    assertThat(warning(refused(alice, "1000001", 503))).contains("Trunk acme");
    assertThat(warning(refused(acme, "1003", 503))).contains("Trunk acme");
    acme.hangUp(in, bob);
  }

  @Test
  void anAccountIsBusyWithTheCallsItMakesAndTakes() {
    SimDialog made = connect(alice, "1003", carol);
    SimDialog taken = connect(bob, "1001", alice);
    assertThat(warning(refused(alice, "1000001", 486)))
        .contains("Account 1001@example.com is at its limit of 2 calls at once");
    assertThat(warning(refused(acme, "1001", 486))).contains("Account 1001@example.com");
    alice.hangUp(made, carol);
    bob.hangUp(taken, alice);
  }

  @Test
  void aGroupSharesItsPlaces() {
    SimDialog between = connect(bob, "1003", carol);
    assertThat(warning(refused(bob, "1000001", 503))).contains("Account group sales");
    assertThat(warning(refused(alice, "1003", 486))).contains("Account 1003@example.com");
    assertThat(warning(refused(alice, "1002", 503))).contains("Account group sales");
    bob.hangUp(between, carol);
  }

  @Test
  void newCallsAreBoundInTime() {
    for (int i = 0; i < 3; i++) {
      SipRequest invite = alice.invite("1003", offer(alice));
      carol.reply(carol.expect(Method.INVITE), 486, null);
      alice.ackFailure(invite, alice.expect(486));
      carol.expect(Method.ACK);
    }
    assertThat(warning(refused(alice, "1003", 486))).contains("limit of 3/s new calls");
    lab.advance(400);
    SipRequest invite = alice.invite("1003", offer(alice));
    carol.reply(carol.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void minutesOfTheDayRunOut() {
    SimDialog block = connect(bob, "1000001", acme);
    SimDialog call = connect(alice, "2000001", beta);
    lab.advance(10 * 60_000);
    alice.hangUp(call, beta);
    assertThat(warning(refused(alice, "2000001", 503))).contains("limit of 10 minutes a day");
    bob.hangUp(block, acme);
  }

  @Test
  void anEmergencyCallPassesAllLimitsAndEndsTheYoungestOfAFullTrunk() {
    SimDialog old = connect(alice, "1003", carol);
    SimDialog young = connect(alice, "1000001", acme);
    assertThat(refused(alice, "1002", 486)).isNotNull();

    SipRequest emergency = alice.invite("112", offer(alice));
    SipRequest bye = acme.expect(Method.BYE);
    assertThat(bye.headers().first(HeaderName.REASON))
        .isEqualTo("preemption;cause=5;text=\"Network Preemption\"");
    acme.reply(bye, 200, null);
    alice.reply(alice.expect(Method.BYE), 200, null);
    assertThat(young).isNotNull();
    SipRequest arrived = acme.expect(Method.INVITE);
    acme.reply(arrived, 200, offer(acme));
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(emergency, answer);
    alice.ack(dialog, answer, null);
    acme.expect(Method.ACK);
    assertThat(calls("acme")).isEqualTo(1);

    SipRequest second = bob.invite("112", offer(bob));
    acme.expect(Method.INVITE);
    assertThat(calls("acme")).as("no emergency call ends another").isEqualTo(2);
    bob.cancel(second);
    alice.hangUp(dialog, acme);
    alice.hangUp(old, carol);
  }

  @Test
  void allCallsTogetherAreBoundOnAllLoops() {
    SimPhone dave = lab.phone("1004", Transport.UDP, "192.0.2.44");
    SimPhone erin = lab.phone("1005", Transport.UDP, "192.0.2.55");
    SimDialog one = connect(alice, "1002", bob);
    SimDialog two = connect(bob, "1001", alice);
    SimDialog three = connect(acme, "1004", dave);
    SimDialog four = connect(dave, "1005", erin);
    assertThat(warning(refused(dave, "1005", 486)))
        .contains("Drawbridge is at its limit of 4 calls at once");
    alice.hangUp(one, bob);
    bob.hangUp(two, alice);
    acme.hangUp(three, dave);
    dave.hangUp(four, erin);
  }

  @Test
  void whoForwardsCallsPaysForThem() {
    SipRequest invite = bob.invite("1001", offer(bob));
    RedirectTest.redirect(alice, alice.expect(Method.INVITE), "<sip:1000001@example.com>");
    acme.expect(Method.INVITE);
    assertThat(lab.meters().ofAccount(alice.aor()).calls()).isEqualTo(1);
    assertThat(calls("acme")).isEqualTo(1);
    bob.cancel(invite);
    lab.settle();
  }
}
