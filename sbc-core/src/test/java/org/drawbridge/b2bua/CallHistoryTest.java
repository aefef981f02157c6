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
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who diverted a call is told to a trunk as it wants numbers and URIs to be. */
final class CallHistoryTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1, trust: true }
        beta:
          targets: "sip:203.0.113.2:5060"
          trust: true
          user-phone: true
          number-format: { national: DE }
      routes:
        - { name: desk, when: { to: "1001" }, to: { registrar: true } }
        - { name: out, to: { trunk: beta } }
      """;

  private static final String OFFER = Sdps.phone("203.0.113.1", 4000);

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone acme = lab.trunk("203.0.113.1");
  private final SimPhone beta = lab.trunk("203.0.113.2");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest invite(String number, String... headers) {
    var out = acme.invitation(number, OFFER).requestUri(SipUri.of(number, "example.com", -1));
    for (String header : headers) {
      out.header(
          header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
    }
    return acme.send(out.remove(HeaderName.PROXY_AUTHORIZATION));
  }

  private SipRequest arrivedAtBeta(SipRequest invite) {
    SipRequest arrived = beta.expect(Method.INVITE);
    beta.reply(arrived, 486, null);
    acme.ackFailure(invite, acme.expect(486));
    return arrived;
  }

  @Test
  void whatPassesIsWrittenForTheNextTrunk() {
    SipRequest arrived =
        arrivedAtBeta(
            invite(
                "+4930200",
                "Diversion:<sip:+4922812345@10.1.2.3>;reason=no-answer",
                "Diversion:<tel:+4922812346>;reason=user-busy",
                "History-Info:<sip:+4922812347;cause=302@10.1.2.3;user=phone>;index=1",
                "History-Info:<tel:+4922812348>;index=1.1"));

    assertThat(arrived.headers().all(HeaderName.DIVERSION))
        .containsExactly(
            "<sip:022812345@example.com;user=phone>;reason=no-answer",
            "<sip:022812346@example.com;user=phone>;reason=user-busy");
    assertThat(arrived.headers().all(HeaderName.HISTORY_INFO))
        .containsExactly(
            "<sip:022812347@example.com;user=phone>;index=1",
            "<sip:022812348@example.com;user=phone>;index=1.1");
  }

  @Test
  void whoRedirectsHereIsWrittenForItToo() {
    SimPhone bob = lab.phone("1001", Transport.UDP, "192.0.2.22");
    SipRequest invite = invite("1001");
    SipRequest rang = bob.expect(Method.INVITE);
    RedirectTest.redirect(bob, rang, "<sip:+4930200@example.com>");

    SipRequest arrived = arrivedAtBeta(invite);
    assertThat(arrived.headers().first(HeaderName.DIVERSION))
        .isEqualTo("<sip:1001@example.com;user=phone>;reason=unknown;counter=1");
  }
}
