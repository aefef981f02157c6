package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A PBX behind a NAT that registers with us, and is a trunk with all its numbers. */
final class RegisteringTrunkTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        branch: { account: branch1, trust: true, user-phone: true, limits: { calls: 1 } }
        acme: { targets: "sip:203.0.113.1:5060", trust: true }
      routes:
        - name: numbers
          when: { from: registered, to: "+4922812345[0-9]*" }
          to: [ { trunk: branch }, { trunk: acme } ]
          mode: %1$s
        - name: from-branch
          when: { from: branch, to: "+49.*" }
          to: { trunk: acme }
          mode: %1$s
        - name: abroad
          when: { from: registered, to: "+1.*" }
          to: { trunk: acme }
        - name: extensions
          when: { from: registered }
          to: { registrar: true }
        - name: desks
          when: { from: branch }
          to: { registrar: true }
          mode: %1$s
      """;

  private static final Aor BRANCH = new Aor("branch1", "example.com");
  private static final String NUMBER = "+492281234567";
  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("198.51.100.77", 4002);

  private Lab lab = new Lab(RULES.formatted("b2bua"), CallLimits.DEFAULTS);
  private SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private SimPhone acme = lab.trunk("203.0.113.1");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** The PBX, which knows itself by a private address only. */
  private SimPhone branch(Transport transport) {
    SimPhone pbx = lab.device(BRANCH, "198.51.100.77");
    pbx =
        transport == Transport.TCP
            ? pbx
            : lab.stranger("branch1", "example.com", transport, "198.51.100.77");
    lab.register(pbx.inside("10.0.0.5"), Binding.DEFAULT_Q);
    return pbx;
  }

  private void refuse(SimPhone callee, SipRequest arrived, SimPhone caller, SipRequest invite) {
    callee.reply(arrived, 486, null);
    caller.ackFailure(invite, caller.expect(486));
  }

  private static MessageBuilder<SipRequest> by(MessageBuilder<SipRequest> request, String from) {
    return request.replace(HeaderName.FROM, "<" + from + ">;tag=pbx");
  }

  @Test
  void isCalledOverItsFlowWithTheNumberAsUserOfItsContact() {
    SimPhone pbx = branch(Transport.UDP);
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    refuse(pbx, arrived, alice, invite);

    assertThat(arrived.requestUri())
        .hasToString("sip:+492281234567@10.0.0.5:5062;transport=udp;user=phone");
    assertThat(arrived.to().uri()).hasToString("sip:+492281234567@example.com;user=phone");
    assertThat(arrived.from().uri()).hasToString("sip:1001@example.com;user=phone");
    assertThat(arrived.headers().first(HeaderName.P_ASSERTED_IDENTITY)).contains("sip:1001@");
  }

  @Test
  void theNumberTakesThePlaceOfAllNumbersThatWereRegisteredAtOnce() {
    SimPhone pbx = lab.device(BRANCH, "198.51.100.77");
    lab.bind(contact(pbx, "sip:10.0.0.5:5062;bnc", 1000));
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    refuse(pbx, arrived, alice, invite);

    assertThat(arrived.requestUri()).hasToString("sip:+492281234567@10.0.0.5:5062;user=phone");
  }

  @Test
  void itsAccountCalledByNameHasAUserWhereAllNumbersWereRegisteredAtOnce() {
    SimPhone pbx = lab.device(BRANCH, "198.51.100.77");
    lab.bind(contact(pbx, "sip:10.0.0.5:5062;bnc", 1000));
    SipRequest invite = alice.invite("branch1", OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    refuse(pbx, arrived, alice, invite);

    assertThat(arrived.requestUri()).hasToString("sip:branch1@10.0.0.5:5062");
  }

  private static Binding contact(SimPhone pbx, String uri, int q) {
    return new Binding(
        BRANCH, uri, pbx.sbcEnd().id(), List.of(), null, 0, 0, "reg", 1, q, null, Long.MAX_VALUE);
  }

  @Test
  void itsCallsAreThoseOfTheTrunkWhoeverItNamesAsCaller() {
    SimPhone pbx = branch(Transport.UDP);
    for (String from : List.of("sip:+492281234567@10.0.0.5", "sip:+492281234567@example.com")) {
      SipRequest invite = pbx.send(by(pbx.invitation("+4940200", OFFER), from));
      SipRequest arrived = acme.expect(Method.INVITE);
      refuse(acme, arrived, pbx, invite);

      assertThat(arrived.from().uri()).hasToString("sip:+492281234567@example.com");
      assertThat(arrived.headers().first(HeaderName.P_ASSERTED_IDENTITY))
          .contains("sip:+492281234567@");
    }
  }

  @Test
  void aCallerOfItsWhoHidesIsKnownByWhatThePbxAsserts() {
    SimPhone pbx = branch(Transport.UDP);
    SipRequest invite =
        pbx.send(
            by(pbx.invitation("+4940200", OFFER), "sip:anonymous@anonymous.invalid")
                .header(HeaderName.PRIVACY, "id")
                .header(HeaderName.P_ASSERTED_IDENTITY, "<sip:+492281234567@10.0.0.5>"));
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, arrived, pbx, invite);

    assertThat(arrived.from().uri()).hasToString("sip:anonymous@anonymous.invalid");
    assertThat(arrived.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .contains("sip:+492281234567@");
  }

  @Test
  void itMayCallOverAConnectionThatItHasNotSignedInOver() {
    SimPhone pbx = branch(Transport.TCP);
    pbx.reconnect();
    SipRequest invite = pbx.send(by(pbx.invitation("+4940200", OFFER), "sip:+49228@10.0.0.5"));

    refuse(acme, acme.expect(Method.INVITE), pbx, invite);
  }

  @Test
  void aCallWithoutItsPasswordIsAskedForOne() {
    SimPhone pbx = branch(Transport.UDP);
    SipRequest invite =
        pbx.send(
            by(pbx.invitation("+4940200", OFFER), "sip:+492281234567@10.0.0.5")
                .remove(HeaderName.PROXY_AUTHORIZATION));

    pbx.ackFailure(invite, pbx.expect(407));
    assertThat(acme.firstLines()).isEmpty();
  }

  @Test
  void itsLimitsCountBothWays() {
    SimPhone pbx = branch(Transport.UDP);
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    SipRequest second = pbx.invite("+4940200", OFFER);
    SipResponse full = pbx.expect(503);
    pbx.ackFailure(second, full);
    refuse(pbx, arrived, alice, invite);

    assertThat(full.headers().first(HeaderName.WARNING)).contains("Trunk branch is at its limit");
  }

  @Test
  void theNextTrunkHasItsTurnWhereItHasNotSignedIn() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    refuse(acme, acme.expect(Method.INVITE), alice, invite);
  }

  @Test
  void theNextTrunkHasItsTurnWhereItKeepsSilent() {
    SimPhone pbx = branch(Transport.UDP);
    SipRequest invite = alice.invite(NUMBER, OFFER);
    pbx.expect(Method.INVITE);
    lab.advance(5_100);

    refuse(acme, acme.expect(Method.INVITE), alice, invite);
  }

  @Test
  void theNextTrunkHasItsTurnWhereItsConnectionIsGone() {
    SimPhone pbx = branch(Transport.TCP);
    pbx.wire().cut();
    SipRequest invite = alice.invite(NUMBER, OFFER);

    refuse(acme, acme.expect(Method.INVITE), alice, invite);
  }

  @Test
  void itsSecondContactIsCalledWhenTheFirstCannotTakeTheCall() {
    SimPhone main = lab.device(BRANCH, "198.51.100.77");
    SimPhone spare = lab.device(BRANCH, "198.51.100.78");
    lab.bind(contact(spare, "sip:10.0.0.6", 500));
    lab.bind(contact(main, "sip:10.0.0.5", 900));
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest first = main.expect(Method.INVITE);
    assertThat(spare.firstLines()).isEmpty();
    main.reply(first, 503, null);

    refuse(spare, spare.expect(Method.INVITE), alice, invite);
  }

  @Test
  void aCallGoesOnWhereItHasRegisteredSince() {
    SimPhone pbx = branch(Transport.TCP);
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    pbx.expect(Method.ACK);
    lab.disconnect(pbx, CloseCause.LOST);
    lab.comeBack(pbx);

    alice.hangUp(dialog, pbx);
  }

  @Test
  void itIsATrunkOverWebSocketToo() {
    SimPhone pbx = lab.stranger("branch1", "example.com", Transport.WSS, "198.51.100.77");
    lab.register(pbx, Binding.DEFAULT_Q);
    SipRequest invite =
        pbx.send(by(pbx.invitation("+4940200", OFFER), "sip:+492281234567@10.0.0.5"));
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, arrived, pbx, invite);

    assertThat(arrived.from().uri()).hasToString("sip:+492281234567@example.com");
  }

  @Test
  void whenItsAccountIsCalledItRedirectsToWhereTheTrunkMayCall() {
    SimPhone pbx = branch(Transport.UDP);
    SipRequest invite = alice.invite("branch1", OFFER);
    RedirectTest.redirect(
        pbx,
        pbx.expect(Method.INVITE),
        "<sip:+12125550100@example.com>",
        "<sip:+4940200@example.com>");
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, arrived, alice, invite);

    assertThat(arrived.to().uri()).hasToString("sip:+4940200@203.0.113.1");
  }

  @Test
  void whenItsAccountIsCalledItTransfersNobodyWhereTheTrunkMayNot() {
    SimPhone pbx = branch(Transport.UDP);
    SimCall call = SimCall.connect(alice, OFFER, pbx, ANSWER);
    pbx.send(
        call.calleeDialog()
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, "<sip:+12125550100@example.com>"));
    pbx.expect(603);
    call.hangUp();
  }

  @Test
  void aCallThatIsPassedOnGoesItsWayToo() {
    lab.assertClean();
    lab = new Lab(RULES.formatted("proxy"), CallLimits.DEFAULTS);
    alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    acme = lab.trunk("203.0.113.1");
    SimPhone pbx = branch(Transport.TCP);
    SipRequest invite =
        pbx.send(by(pbx.invitation("1001", OFFER), "sip:+492281234567@example.com"));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 200, ANSWER);
    SipResponse answer = pbx.expect(200);
    pbx.ack(pbx.dialog(invite, answer), answer, null);
    alice.expect(Method.ACK);
    lab.disconnect(pbx, CloseCause.LOST);
    lab.comeBack(pbx);

    alice.hangUp(alice.dialog(arrived), pbx);
    assertThat(arrived.headers().has(HeaderName.PROXY_AUTHORIZATION)).isFalse();
  }

  @Test
  void aMessageReachesItByNumber() {
    SimPhone pbx = branch(Transport.UDP);
    alice.send(alice.request(Method.MESSAGE, NUMBER));
    SipRequest got = pbx.expect(Method.MESSAGE);
    pbx.reply(got, 200, null);
    alice.expect(200);

    assertThat(got.requestUri())
        .hasToString("sip:+492281234567@10.0.0.5:5062;transport=udp;user=phone");
  }
}
