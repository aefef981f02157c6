package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sim.Wire;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever calls without an account, as by a button on a web page, has shown nothing else than the
 * call: as long as that lasts its connection gives way to nobody.
 */
final class HeldConnectionTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      routes:
        - { name: sales, when: { from: anonymous, to: "1002" }, to: { registrar: true }, HOW }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"mode: b2bua", "mode: proxy", "mode: proxy, media: direct"})
  void theConnectionOfACallIsHeldUntilItsEnd(String how) {
    Lab lab = new Lab(RULES.replace("HOW", how), CallLimits.DEFAULTS);
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone guest = lab.stranger("guest", "elsewhere.example", Transport.TCP, "192.0.2.66");
    SipRequest invite = call(guest);
    SipRequest arrived = bob.expect(Method.INVITE);
    assertThat(Wire.isHeld(guest.sbcEnd())).isTrue();
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4000));
    SipResponse answer = guest.expect(200);
    SimDialog dialog = guest.dialog(invite, answer);
    guest.ack(dialog, answer, null);
    lab.advance(60_000);
    assertThat(Wire.isHeld(guest.sbcEnd())).isTrue();

    guest.hangUp(dialog, bob);
    lab.advance(60_000);
    assertThat(Wire.isHeld(guest.sbcEnd())).isFalse();
    lab.assertClean();
  }

  @Test
  void aCallThatIsRefusedHoldsNothing() {
    Lab lab = new Lab(RULES.replace("HOW", "mode: proxy"), CallLimits.DEFAULTS);
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone guest = lab.stranger("guest", "elsewhere.example", Transport.TCP, "192.0.2.66");
    SipRequest invite = call(guest);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    guest.ackFailure(invite, guest.expect(486));
    assertThat(Wire.isHeld(guest.sbcEnd())).isFalse();
    lab.assertClean();
  }

  private static SipRequest call(SimPhone guest) {
    return guest.send(
        guest
            .invitation("1002", Sdps.phone("192.0.2.66", 4000))
            .requestUri(SipUri.of("1002", "example.com", -1))
            .replace(HeaderName.TO, "<sip:1002@example.com>")
            .remove(HeaderName.PROXY_AUTHORIZATION));
  }
}
