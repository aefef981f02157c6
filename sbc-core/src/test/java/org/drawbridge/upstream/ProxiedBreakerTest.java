package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.upstream.CircuitStatus.State;
import org.junit.jupiter.api.Test;

/** Calls of {@code mode: proxy} tell whether a trunk works, as others do. */
final class ProxiedBreakerTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme:
          targets: "sip:203.0.113.1"
          breaker: { errors: 75%, of: 4, within: 1m, pause: 20s }
        beta: { targets: "sip:192.0.2.77", breaker: none }
      routes:
        - name: both
          when: { from: registered, to: "1.*" }
          to: [ { trunk: acme }, { trunk: beta } ]
          mode: proxy
          media: direct
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final UpstreamLab upstream = new UpstreamLab(CONFIG);
  private final SimPhone alice = upstream.lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone acme = upstream.lab.trunk("203.0.113.1");
  private final SimPhone beta = upstream.lab.trunk("192.0.2.77");

  private State circuit() {
    CircuitStatus status = upstream.board.status().getFirst().circuit();
    return status == null ? State.CLOSED : status.state();
  }

  private void refusedBy(SimPhone trunk, SipRequest invite) {
    trunk.reply(trunk.expect(Method.INVITE), 486, null);
    trunk.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theOtherTrunkIsCalledFirstUntilOneCallGetsThrough() {
    for (int i = 0; i < 4; i++) {
      SipRequest invite = alice.invite("100000", OFFER);
      acme.reply(acme.expect(Method.INVITE), 500, null);
      acme.expect(Method.ACK);
      refusedBy(beta, invite);
    }
    assertThat(circuit()).isEqualTo(State.OPEN);
    refusedBy(beta, alice.invite("100000", OFFER));

    upstream.lab.advance(20_000);
    SipRequest trial = alice.invite("100000", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    assertThat(circuit()).isEqualTo(State.HALF_OPEN);
    acme.reply(arrived, 180, null);
    alice.expect(180);
    assertThat(circuit()).as("it rings, so it works").isEqualTo(State.CLOSED);
    acme.reply(arrived, 486, null);
    acme.expect(Method.ACK);
    alice.ackFailure(trial, alice.expect(486));
    upstream.lab.assertClean();
  }
}
