package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.upstream.CircuitStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that go past a trunk whose calls fail. */
final class BreakerCallTest {

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
        - name: one
          when: { from: registered, to: "2.*" }
          to: { trunk: acme }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final UpstreamLab upstream = new UpstreamLab(CONFIG);
  private final SimPhone alice = upstream.lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone acme = upstream.lab.trunk("203.0.113.1");
  private final SimPhone beta = upstream.lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    upstream.lab.assertClean();
  }

  private State circuit() {
    CircuitStatus status = upstream.board.status().getFirst().circuit();
    return status == null ? State.CLOSED : status.state();
  }

  private void refusedBy(SimPhone trunk, SipRequest invite, int status) {
    trunk.reply(trunk.expect(Method.INVITE), status, null);
    trunk.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(status));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      SipRequest invite = alice.invite("100000", OFFER);
      acme.reply(acme.expect(Method.INVITE), 500, null);
      acme.expect(Method.ACK);
      refusedBy(beta, invite, 486);
    }
  }

  @Test
  void afterTooManyFailuresTheOtherTrunkIsCalledFirst() {
    refusedBy(acme, alice.invite("100000", OFFER), 486);
    fail(3);
    assertThat(circuit()).isEqualTo(State.OPEN);
    refusedBy(beta, alice.invite("100000", OFFER), 486);
    assertThat(acme.firstLines()).isEmpty();
    assertThat(upstream.board.status().getLast().circuit()).isNull();
  }

  @Test
  void whereNobodyElseIsThereItIsCalledAllTheSame() {
    fail(4);
    assertThat(circuit()).isEqualTo(State.OPEN);
    refusedBy(acme, alice.invite("200000", OFFER), 486);
    assertThat(circuit()).as("that was no trial").isEqualTo(State.OPEN);
  }

  @Test
  void oneCallTriesItAfterThePauseAndTheOthersGoPast() {
    fail(4);
    upstream.lab.advance(20_000);
    SipRequest trial = alice.invite("100000", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    assertThat(circuit()).isEqualTo(State.HALF_OPEN);
    refusedBy(beta, alice.invite("100000", OFFER), 486);

    acme.reply(arrived, 180, null);
    alice.expect(180);
    assertThat(circuit()).as("it rings, so it works").isEqualTo(State.CLOSED);
    alice.cancel(trial);
    acme.reply(acme.expect(Method.CANCEL), 200, null);
    acme.reply(arrived, 487, null);
  }

  @Test
  void aTrialThatIsCancelledSaysNothing() {
    fail(4);
    upstream.lab.advance(20_000);
    SipRequest trial = alice.invite("100000", OFFER);
    acme.reply(acme.expect(Method.INVITE), 100, null);
    alice.cancel(trial);
    upstream.lab.settle();
    assertThat(circuit()).isEqualTo(State.OPEN);
    refusedBy(acme, alice.invite("100000", OFFER), 486);
    assertThat(circuit()).isEqualTo(State.CLOSED);
  }
}
