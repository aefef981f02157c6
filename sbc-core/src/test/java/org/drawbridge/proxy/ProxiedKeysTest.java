package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys pressed in a call that is passed on to a trunk which hears nothing but tones. */
final class ProxiedKeysTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 5000);
  private static final String EVENTS = "telephone-event";

  private final Lab lab =
      new Lab(
          ProxyLab.RELAYING.replace("    trust: true\n", "    trust: true\n    dtmf: inband\n"),
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone acme = lab.trunk("203.0.113.1");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void theTrunkIsOfferedNoEventsAndTheCallerMaySendThem() {
    SipRequest invite = alice.invite("00442079460000", OFFER);
    SipRequest got = acme.expect(Method.INVITE);
    acme.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    assertThat(got.bodyText()).contains("PCMU").doesNotContain(EVENTS);
    assertThat(ok.bodyText()).contains(EVENTS);
    ProxyLab.endAnswered(alice, invite, ok, acme);
  }

  @Test
  void theTrunkIsAnsweredNoEvents() {
    SipUri called = SipUri.of("1001", "example.com", -1);
    SipRequest invite = acme.send(acme.invitation("1001", ANSWER).requestUri(called));
    SipRequest got = alice.expect(Method.INVITE);
    alice.reply(got, 200, OFFER);
    SipResponse ok = acme.expect(200);
    assertThat(got.bodyText()).contains(EVENTS);
    assertThat(ok.bodyText()).contains("PCMU").doesNotContain(EVENTS);
    ProxyLab.endAnswered(acme, invite, ok, alice);
  }
}
