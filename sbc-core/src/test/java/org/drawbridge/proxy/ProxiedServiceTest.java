package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.Test;

/** Calls to services (RFC 5031) that are passed on. */
final class ProxiedServiceTest {

  private static final String URN = "urn:service:sos.fire";

  private static String config(String keys) {
    return ProxyLab.CONFIG
        .replace(
            "routes:\n",
            """
            routes:
              - { name: help, when: { to: "urn:service:sos" }, set: { to: "112" }, mode: proxy, media: direct, to: { trunk: acme } }
            """)
        .replace("    trust: true\n", "    trust: true\n" + keys);
  }

  private static void call(String config, String requestUri, String... routes)
      throws SipSyntaxException {
    Lab lab = new Lab(config, CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
    SimPhone acme = lab.trunk("203.0.113.1");
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", Sdps.phone("192.0.2.11", 4000))
                .requestUri(Uri.parse(URN))
                .replace(HeaderName.TO, "<" + URN + ">"));
    SipRequest arrived = acme.expect(Method.INVITE);
    acme.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    lab.assertClean();

    assertThat(arrived.requestUri()).hasToString(requestUri);
    assertThat(arrived.to().uri()).hasToString(URN);
    assertThat(arrived.headers().all(HeaderName.ROUTE)).containsExactly(routes);
  }

  @Test
  void aTrunkThatTakesNumbersIsCalledByTheNumber() throws SipSyntaxException {
    call(config(""), "sip:112@203.0.113.1:5060");
  }

  @Test
  void aTrunkThatTakesServicesIsAskedForItByARouteToItself() throws SipSyntaxException {
    call(config("    service-urns: true\n"), URN, "<sip:203.0.113.1:5060;lr>");
  }
}
