package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.upstream.RegistrationStatus.State;
import org.junit.jupiter.api.Test;

/** A reload starts and stops registrations and probes, and leaves alone what stays the same. */
final class TrunkReloadTest {

  private static final String HEAD =
      """
      domains: [example.com]
      listeners:
        - { transport: udp, bind: "0.0.0.0:5060" }
      trunks:
      """;

  private static final String ACME =
      """
        acme:
          targets: "sip:203.0.113.1"
          username: me
          password: %s
          register: true
      """;

  private static final String BETA =
      """
        beta:
          targets: "sip:203.0.113.2"
          username: us
          password: secret
          register: true
      """;

  private final UpstreamLab upstream = new UpstreamLab(HEAD + ACME.formatted("one"));
  private SimPhone acme = upstream.lab.trunk("203.0.113.1");
  private final SimPhone beta = upstream.lab.trunk("203.0.113.2");

  @Test
  void whatStaysTheSameStaysRegistered() {
    register();
    upstream.reload(HEAD + ACME.formatted("one") + BETA);
    assertThat(acme.firstLines()).isEmpty();
    UpstreamLab.accept(beta, UpstreamLab.register(beta), 600);
    upstream.lab.settle();
    assertThat(upstream.board.status())
        .extracting(trunk -> Objects.requireNonNull(trunk.registration()).state())
        .containsExactly(State.UP, State.UP);
  }

  @Test
  void aTrunkThatIsGoneIsSignedOutOf() {
    register();
    upstream.reload(HEAD + BETA);
    SipRequest last = UpstreamLab.register(acme);
    assertThat(last.expires()).isZero();
    UpstreamLab.accept(acme, last, 0);
    upstream.lab.settle();
    assertThat(upstream.board.status()).extracting(TrunkStatus::name).containsExactly("beta");
  }

  @Test
  void otherCredentialsSignOutFirstAndThenIn() {
    register();
    upstream.reload(HEAD + ACME.formatted("two"));
    SipRequest out = UpstreamLab.register(acme);
    assertThat(out.expires()).isZero();
    assertThat(state()).isEqualTo(State.TRYING);
    UpstreamLab.accept(acme, out, 0);
    UpstreamLab.accept(acme, UpstreamLab.register(acme), 600);
    upstream.lab.settle();
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void whomTheFarEndsCertificateIsVouchedForByIsHeededBySigningInAnew() {
    acme = upstream.lab.trunk("203.0.113.1", Transport.TLS);
    upstream.lab.resolve("sbc.acme.example", "203.0.113.1");
    String tls = ACME.formatted("one").replace("203.0.113.1", "sbc.acme.example;transport=tls");
    upstream.reload(HEAD + tls);
    UpstreamLab.accept(acme, UpstreamLab.register(acme), 600);
    upstream.lab.settle();

    upstream.reload(HEAD + tls + "    trust-ca: carriers.pem\n");

    UpstreamLab.accept(acme, UpstreamLab.register(acme), 0);
    UpstreamLab.accept(acme, UpstreamLab.register(acme), 600);
    upstream.lab.settle();
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void whomTheFarEndsCertificateIsVouchedForByIsHeededByProbesToo() {
    acme = upstream.lab.trunk("203.0.113.1", Transport.TLS);
    upstream.lab.resolve("sbc.acme.example", "203.0.113.1");
    String probed = "  acme: { targets: \"sip:sbc.acme.example;transport=tls\", probe: 60s %s }\n";
    upstream.reload(HEAD + probed.formatted(""));
    upstream.lab.advance(1_000);
    acme.reply(acme.expect(Method.OPTIONS), 200, null);
    acme.clear();

    upstream.reload(HEAD + probed.formatted(", trust-ca: carriers.pem"));

    upstream.lab.advance(1_000);
    acme.reply(acme.expect(Method.OPTIONS), 200, null);
    upstream.reload(HEAD + probed.formatted(", trust-ca: carriers.pem"));
    acme.clear();
    upstream.lab.advance(30_000);
    assertThat(acme.firstLines()).isEmpty();
  }

  @Test
  void aTrunkThatNoLongerWantsRegistrationIsOpen() {
    register();
    upstream.reload(HEAD + ACME.formatted("one").replace("register: true", "probe: 10s"));
    UpstreamLab.accept(acme, UpstreamLab.register(acme), 0);
    upstream.lab.advance(10_000);
    acme.expect(Method.OPTIONS);
    assertThat(upstream.board.status().getFirst().registration()).isNull();
  }

  private State state() {
    return Objects.requireNonNull(upstream.board.status().getFirst().registration()).state();
  }

  private void register() {
    upstream.start();
    UpstreamLab.accept(acme, UpstreamLab.register(acme), 600);
    upstream.lab.settle();
    acme.clear();
  }
}
