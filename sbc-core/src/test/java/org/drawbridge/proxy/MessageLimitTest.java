package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.limit.LimitKind;
import org.drawbridge.metrics.Sample;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages through a trunk, each of which costs: where they may go. */
final class MessageLimitTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      limits: { calls: 1, countries: [DE] }
      trunks: { carrier: { targets: "sip:203.0.113.1:5060", from: 203.0.113.0/24 } }
      routes:
        - { name: help, when: { to: "112" }, emergency: true, to: { trunk: carrier } }
        - { name: outside, when: { to: "+.*" }, to: { trunk: carrier } }
        - { name: inside, when: { to-domain: local }, to: { registrar: true } }
      """;

  private static final SipUri BOB = SipUri.of("2002", "example.com", -1);

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("2002", Transport.TCP, "192.0.2.22");
  private final SimPhone carrier = lab.trunk("203.0.113.1");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void write(String to) {
    alice.send(
        alice
            .request(Method.MESSAGE, to)
            .body("text/plain", "Hello".getBytes(StandardCharsets.UTF_8)));
  }

  private void passes(String to, SimPhone receiver) {
    write(to);
    SipRequest got = receiver.expect(Method.MESSAGE);
    receiver.reply(got, 202, null);
    alice.expect(202);
  }

  @Test
  void aMessageGoesToNoCountryThatMayNotBeCalled() {
    write("+88213123456");

    assertThat(alice.expect(403).headers().first(HeaderName.WARNING))
        .contains("Drawbridge calls no other country than DE");
    assertThat(lab.meters().refused(LimitKind.COUNTRY)).isEqualTo(1);
    assertThat(carrier.firstLines()).isEmpty();
  }

  @Test
  void messagesTakeNoPlaceOfACallAndReachWhomCallsReach() {
    passes("+493012345", carrier);
    passes("+493012345", carrier);
    passes("112", carrier);
    passes("2002", bob);
    assertThat(lab.meters().ofAll().calls()).isZero();
  }

  /** With one stolen password a phone could be kept busy, and the table of transactions filled. */
  @Test
  void anAccountSendsSoManyAtOnceAndThenSoManyASecond() {
    for (int i = 0; i < 500; i++) {
      passes("2002", bob);
    }
    lab.advance(60_000);
    for (int i = 0; i < 500; i++) {
      passes("2002", bob);
    }
    int kept = lab.core().transactions().size();
    write("2002");
    assertThat(alice.expect(503).headers().first(HeaderName.RETRY_AFTER)).isNotNull();
    assertThat(bob.firstLines()).isEmpty();
    assertThat(lab.core().transactions().size()).isEqualTo(kept);
    assertThat(refused()).isEqualTo(1);
    passes("112", carrier);
    lab.advance(1_000);
    for (int i = 0; i < 20; i++) {
      passes("2002", bob);
    }
    write("2002");
    alice.expect(503);
  }

  @Test
  void whatOneAccountSendsIsNotInTheWayOfAnotherNorOfATrunk() {
    for (int i = 0; i < 501; i++) {
      write("2999");
    }
    alice.expect(503);
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    for (int i = 0; i < 600; i++) {
      carrier.send(carrier.request(Method.MESSAGE, "2002").requestUri(BOB));
      bob.reply(bob.expect(Method.MESSAGE), 200, null);
      carrier.expect(200);
    }
    carol.send(carol.request(Method.MESSAGE, "2002"));
    bob.reply(bob.expect(Method.MESSAGE), 200, null);
    carol.expect(200);
  }

  private long refused() {
    return lab.counters().registry().snapshot().stream()
        .filter(sample -> sample.value().equals("messages"))
        .mapToLong(Sample::amount)
        .sum();
  }
}
