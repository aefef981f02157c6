package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** What routes change of a call, as targets see it. */
final class RouteActionsTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private static Lab lab(String routes) {
    return new Lab(
        """
        domains: [example.com]
        listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
        trunks:
          acme:
            targets: "sip:203.0.113.1:5060"
            from: 203.0.113.0/24
            trust: true
            number-format: { national: DE }
          beta:
            targets: "sip:203.0.113.2:5060"
            headers: { X-Customer: "of $(source)", remove: Subject, keep: X-Wish }
        routes: [ %s ]
        """
            .formatted(routes),
        CallLimits.DEFAULTS);
  }

  private static SimPhone alice(Lab lab) {
    return lab.phone("1001", Transport.TCP, "192.0.2.11");
  }

  /** The INVITE that a target gets, which it refuses. */
  private static SipRequest refused(Lab lab, SimPhone caller, SimPhone callee, SipRequest invite) {
    SipRequest arrived = callee.expect(Method.INVITE);
    callee.reply(arrived, 486, null);
    caller.ackFailure(invite, caller.expect(486));
    lab.assertClean();
    return arrived;
  }

  @Test
  void headersAreSetAddedKeptAndRemoved() {
    Lab lab =
        lab(
            """
            { name: a, when: { to: "9(.*)" },
              set: { headers: { X-Tenant: "t-$1", add: { X-Trace: "$(source)" }, keep: "X-Cust*",
                                remove: Subject }, priority: urgent },
              to: { registrar: true } }
            """);
    SimPhone alice = alice(lab);
    SimPhone bob = lab.phone("91002", Transport.TCP, "192.0.2.22");
    SipRequest invite =
        alice.send(
            alice
                .invitation("91002", OFFER)
                .header("X-Customer", "gold")
                .header("X-Customer", "silver")
                .header("X-Tenant", "forged")
                .header("Subject", "secret"));
    SipRequest arrived = refused(lab, alice, bob, invite);

    assertThat(arrived.headers().all("X-Tenant")).containsExactly("t-1002");
    assertThat(arrived.headers().all("X-Trace")).containsExactly("1001@example.com");
    assertThat(arrived.headers().all("X-Customer")).containsExactly("gold", "silver");
    assertThat(arrived.headers().all("Subject")).isEmpty();
    assertThat(arrived.headers().all("Priority")).containsExactly("urgent");
  }

  @Test
  void aTrunkHasTheLastWordOnItsHeadersAndNoOtherSeesThem() {
    Lab lab =
        lab(
            """
            { name: a, set: { headers: { X-Customer: "of the route" } },
              to: [ { trunk: acme }, { trunk: beta } ] }
            """);
    SimPhone alice = alice(lab);
    SimPhone acme = lab.trunk("203.0.113.1");
    SimPhone beta = lab.trunk("203.0.113.2");
    SipRequest invite =
        alice.send(
            alice.invitation("112", OFFER).header("Subject", "secret").header("X-Wish", "music"));
    SipRequest first = acme.expect(Method.INVITE);
    acme.reply(first, 503, null);
    SipRequest second = refused(lab, alice, beta, invite);

    assertThat(first.headers().all("X-Customer")).containsExactly("of the route");
    assertThat(first.headers().all("Subject")).containsExactly("secret");
    assertThat(first.headers().all("X-Wish")).isEmpty();
    assertThat(second.headers().all("X-Customer")).containsExactly("of 1001@example.com");
    assertThat(second.headers().all("Subject")).isEmpty();
    assertThat(second.headers().all("X-Wish")).containsExactly("music");
  }

  @Test
  void aTrunkSeesNumbersInItsFormatAndAHiddenCaller() {
    Lab lab =
        lab(
            """
            { name: a, set: { to: { e164: DE }, caller: "+4930999", privacy: id },
              to: { trunk: acme } }
            """);
    SimPhone alice = alice(lab);
    SimPhone acme = lab.trunk("203.0.113.1");
    SipRequest invite = alice.invite("004930123456", OFFER);
    SipRequest arrived = refused(lab, alice, acme, invite);

    assertThat(arrived.requestUri().toString()).startsWith("sip:030123456@203.0.113.1");
    assertThat(arrived.from().toString()).contains("sip:anonymous@anonymous.invalid");
    assertThat(arrived.headers().first(HeaderName.PRIVACY)).isEqualTo("id");
    assertThat(arrived.headers().first(HeaderName.P_ASSERTED_IDENTITY)).contains("sip:030999@");
  }

  @Test
  void aRouteMayShowACallerWhoHides() {
    Lab lab = lab("{ name: a, set: { privacy: none }, to: { trunk: acme } }");
    SimPhone alice = alice(lab);
    SimPhone acme = lab.trunk("203.0.113.1");
    SipRequest invite = alice.send(alice.invitation("112", OFFER).header(HeaderName.PRIVACY, "id"));
    SipRequest arrived = refused(lab, alice, acme, invite);

    assertThat(arrived.from().toString()).contains("sip:1001@example.com");
    assertThat(arrived.headers().has(HeaderName.PRIVACY)).isFalse();
  }

  @Test
  void targetsAreOfferedOnlyTheCodecsOfTheRouteInItsOrder() {
    Lab lab = lab("{ name: a, to: { registrar: true }, codecs: [ g722, pcma, pcmu ] }");
    SimPhone alice = alice(lab);
    SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
    SipRequest arrived = refused(lab, alice, bob, alice.invite("1002", OFFER));
    String sdp = new String(arrived.body(), StandardCharsets.UTF_8);
    assertThat(sdp).containsPattern("m=audio [0-9]+ RTP/AVP 8 0 101");
  }

  @Test
  void anOfferOfOtherCodecsIsNotAcceptable() {
    Lab lab = lab("{ name: a, to: { registrar: true }, codecs: g722 }");
    SimPhone alice = alice(lab);
    SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    SipResponse refusal = alice.expect(488);
    alice.ackFailure(invite, refusal);
    lab.assertClean();

    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("none of the offered codecs");
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void accountsRingInTurnPastThoseWhoAreBusyOrAway() {
    Lab lab = lab("{ name: a, to: { accounts: [1002, 1003, 1004], ring: in-turn } }");
    SimPhone alice = alice(lab);
    SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
    lab.account("1003");
    SimPhone dora = lab.phone("1004", Transport.TCP, "192.0.2.44");
    SipRequest invite = alice.invite("500", OFFER);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    SipRequest arrived = refused(lab, alice, dora, invite);
    assertThat(arrived.to().toString()).contains("sip:1004@example.com");
  }

  @Test
  void accountsRingAtOnce() {
    Lab lab = lab("{ name: a, to: { accounts: [1002, 1003] } }");
    SimPhone alice = alice(lab);
    SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.TCP, "192.0.2.33");
    SipRequest invite = alice.invite("500", OFFER);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    refused(lab, alice, carol, invite);
  }

  @Test
  void allTargetsTogetherHaveATotalTime() {
    Lab lab =
        lab(
            """
            { name: a, to: { accounts: [1002, 1003], ring: in-turn },
              ring-timeout: 20s, total-timeout: 30s }
            """);
    SimPhone alice = alice(lab);
    SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.TCP, "192.0.2.33");
    SipRequest invite = alice.invite("500", OFFER);
    SipRequest first = bob.expect(Method.INVITE);
    bob.reply(first, 180, null);
    lab.advance(20_100);
    endCancelled(bob, first);
    SipRequest second = carol.expect(Method.INVITE);
    carol.reply(second, 180, null);
    lab.advance(9_700);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains(" 4"));
    lab.advance(300);
    endCancelled(carol, second);
    SipResponse refusal = alice.expect(480);
    alice.ackFailure(invite, refusal);
    lab.assertClean();

    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("time that there is");
  }

  private static void endCancelled(SimPhone phone, SipRequest invite) {
    SipRequest cancel = phone.expect(Method.CANCEL);
    phone.reply(cancel, 200, null);
    phone.reply(invite, 487, null);
  }

  @Test
  void anAddressOutsideIsCalled() {
    Lab lab = lab("{ name: a, to: { uri: \"sip:1000@203.0.113.1:5060\" } }");
    SimPhone alice = alice(lab);
    SimPhone pbx = lab.trunk("203.0.113.1");
    SipRequest arrived = refused(lab, alice, pbx, alice.invite("500", OFFER));
    assertThat(arrived.requestUri().toString()).isEqualTo("sip:1000@203.0.113.1:5060");
  }
}
