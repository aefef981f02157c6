package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How URIs toward a trunk are written: its domain is not always the host that leads there. */
final class TrunkUrisTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        ims:
          targets: "sip:203.0.113.1:5060;transport=tcp"
          domain: carrier.example
          user-phone: true
          trust: true
        session-manager:
          targets: "sip:203.0.113.2:5070"
          domain: pbx.example
          from-domain: branch.example
      routes:
        - name: outside
          when: { from: registered, to: "+.*|8.*" }
          set: { caller: "+4930100" }
          to: { trunk: ims }
        - { name: inside, when: { to: "5.*" }, to: { trunk: session-manager }, mode: %s }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private Lab lab = new Lab(RULES.formatted("b2bua"), CallLimits.DEFAULTS);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest calledAt(SimPhone trunk, String number) {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SipRequest invite = alice.invite(number, OFFER);
    SipRequest got = trunk.expect(Method.INVITE);
    trunk.reply(got, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    return got;
  }

  @Test
  void theDomainStandsInAllUrisAndTheTargetInNone() {
    SipRequest got = calledAt(lab.trunk("203.0.113.1", Transport.TCP), "+4940200");

    assertThat(got.requestUri()).hasToString("sip:+4940200@carrier.example;user=phone");
    assertThat(got.to().uri()).hasToString("sip:+4940200@carrier.example;user=phone");
    assertThat(got.from().uri()).hasToString("sip:+4930100@carrier.example;user=phone");
    assertThat(got.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .contains("<sip:+4930100@carrier.example;user=phone>");
    assertThat(got.headers().has(HeaderName.ROUTE)).isFalse();
  }

  @Test
  void whatIsNoNumberIsNoPhone() {
    SipRequest got = calledAt(lab.trunk("203.0.113.1", Transport.TCP), "8-sales");

    assertThat(got.requestUri()).hasToString("sip:8-sales@carrier.example");
  }

  @Test
  void fromMayNameAnotherDomain() {
    SipRequest got = calledAt(lab.trunk("203.0.113.2"), "5001");

    assertThat(got.requestUri()).hasToString("sip:5001@pbx.example");
    assertThat(got.from().uri()).hasToString("sip:1001@branch.example");
  }

  @Test
  void aProxiedCallNamesTheDomainInItsRequestUri() {
    lab = new Lab(RULES.formatted("proxy"), CallLimits.DEFAULTS);

    assertThat(calledAt(lab.trunk("203.0.113.2"), "5001").requestUri())
        .hasToString("sip:5001@pbx.example");
  }

  @Test
  void aMessageIsWrittenAsACallIs() {
    SimPhone trunk = lab.trunk("203.0.113.1", Transport.TCP);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    alice.send(alice.request(Method.MESSAGE, "+4940200"));
    SipRequest got = trunk.expect(Method.MESSAGE);
    trunk.reply(got, 200, null);
    alice.expect(200);

    assertThat(got.requestUri()).hasToString("sip:+4940200@carrier.example;user=phone");
  }
}
