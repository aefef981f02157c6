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
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are local somewhere (RFC 3966) and mean global ones. */
final class PhoneContextTest {

  private static final String RULES =
      """
      domains: [example.com, second.example]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: "sip:203.0.113.1:5060" }
        ims: { targets: "sip:203.0.113.2:5060", from: 203.0.113.2 }
      routes:
        - { name: out, when: { from: registered, to: "+49228.*|110" }, to: { trunk: acme } }
        - { name: in, when: { from: ims, caller: "+49228.*" }, to: { registrar: true } }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone acme = lab.trunk("203.0.113.1");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static Uri uri(String text) {
    try {
      return Uri.parse(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String called(String uri) {
    SipRequest invite = alice.send(alice.invitation("x", OFFER).requestUri(uri(uri)));
    SipRequest arrived = acme.expect(Method.INVITE);
    acme.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    return arrived.requestUri().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:2281234567;phone-context=+49@example.com;user=phone",
        "sip:02281234567;phone-context=%2B49@example.com",
        "sip:4567;phone-context=+49228123@example.com;user=phone",
        "tel:228-1234567;phone-context=+49",
        "sip:%2B492281234567@example.com",
      })
  void goToTheGlobalNumber(String uri) {
    assertThat(called(uri)).isEqualTo("sip:+492281234567@203.0.113.1:5060");
  }

  @Test
  void anEmergencyNumberStaysOne() {
    assertThat(called("tel:110;phone-context=+49")).isEqualTo("sip:110@203.0.113.1:5060");
  }

  @Test
  void aCallersNumberIsReadAlike() {
    SimPhone ims = lab.trunk("203.0.113.2");
    SipRequest invite =
        ims.send(
            ims.invitation("1001", OFFER)
                .requestUri(uri("sip:1001@example.com"))
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(
                    HeaderName.FROM,
                    "<sip:02281234567;phone-context=+49@carrier.example;user=phone>;tag=x"));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 486, null);
    ims.ackFailure(invite, ims.expect(486));

    assertThat(arrived.from().uri()).hasToString("sip:+492281234567@example.com");
  }
}
