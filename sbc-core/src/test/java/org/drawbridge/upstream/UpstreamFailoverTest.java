package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.upstream.RegistrationStatus.State;
import org.junit.jupiter.api.Test;

/** One name of a registrar or PBX with several addresses (RFC 3263 section 4.3). */
final class UpstreamFailoverTest {

  private static final String TRUNK =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: "sip:acme.example", try-timeout: 4s, %s }
      """;

  private static final String REGISTERING =
      TRUNK.formatted("username: me, password: secret, register: true");

  private static final String PROBED = TRUNK.formatted("probe: 30s");

  private static final String CHALLENGE =
      "WWW-Authenticate: Digest realm=\"acme\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"";

  private static final class Registrars {
    final UpstreamLab upstream;
    final SimPhone first;
    final SimPhone second;

    Registrars(String config) {
      upstream = new UpstreamLab(config);
      first = upstream.lab.trunk("203.0.113.1");
      second = upstream.lab.trunk("203.0.113.2");
      upstream.lab.resolve("acme.example", "203.0.113.1", "203.0.113.2");
      upstream.start();
    }

    State state() {
      RegistrationStatus status = upstream.board.status().getFirst().registration();
      return Objects.requireNonNull(status).state();
    }

    void end() {
      upstream.stop();
      upstream.lab.assertClean();
    }
  }

  @Test
  void aRegistrarThatKeepsSilentIsFollowedByTheNextAddress() {
    Registrars of = new Registrars(REGISTERING);
    of.first.expect(Method.REGISTER);
    of.upstream.lab.advance(3_999);
    assertThat(of.second.firstLines()).isEmpty();
    of.upstream.lab.advance(10);
    of.second.reply(of.second.expect(Method.REGISTER), 401, null, CHALLENGE.formatted("n1"));
    UpstreamLab.accept(of.second, of.second.expect(Method.REGISTER), 100);

    assertThat(of.state()).isEqualTo(State.UP);
    of.end();
  }

  @Test
  void aNonceOfOneAddressMayMeanNothingToTheOther() {
    Registrars of = new Registrars(REGISTERING);
    of.first.reply(of.first.expect(Method.REGISTER), 401, null, CHALLENGE.formatted("n1"));
    UpstreamLab.accept(of.first, of.first.expect(Method.REGISTER), 100);
    of.upstream.lab.advance(70_000);
    of.first.reply(of.first.expect(Method.REGISTER), 503, null);
    of.second.reply(of.second.expect(Method.REGISTER), 401, null, CHALLENGE.formatted("n2"));
    SipRequest again = of.second.expect(Method.REGISTER);
    assertThat(again.headers().first(HeaderName.AUTHORIZATION)).contains("nonce=\"n2\"");
    UpstreamLab.accept(of.second, again, 100);

    assertThat(of.state()).isEqualTo(State.UP);
    of.end();
  }

  @Test
  void aTrunkOfWhichOneAddressAnswersIsUp() {
    Registrars of = new Registrars(PROBED);
    for (int i = 0; i < 4; i++) {
      of.upstream.lab.advance(2_600);
      of.second.reply(of.second.expect(Method.OPTIONS), 200, null);
      of.second.clear(); // what was repeated meanwhile
      of.upstream.lab.advance(24_400);
    }

    of.first.expect(Method.OPTIONS);
    assertThat(of.upstream.board.status().getFirst().targets())
        .singleElement()
        .matches(TargetStatus::up);
    of.end();
  }

  @Test
  void aPhoneIsRegisteredWithThePbxAddressThatAnswers() {
    RelayLab relay = new RelayLab(RelayLab.CONFIG.replace("203.0.113.5", "pbx.internal"), 100);
    SimPhone other = relay.lab.trunk("203.0.113.6");
    relay.lab.resolve("pbx.internal", "203.0.113.5", "203.0.113.6");
    SimPhone phone = relay.phone("7001", Transport.TCP, "192.0.2.7");

    phone.send(RelayLab.register(phone, 1, 3600));
    relay.pbx.expect(Method.REGISTER);
    relay.lab.advance(5_010);
    SipRequest arrived = other.expect(Method.REGISTER);
    other.reply(
        arrived, 200, null, "Contact: <" + arrived.contacts().getFirst().uri() + ">;expires=3600");

    assertThat(phone.expect(200).contacts()).hasSize(1);
    assertThat(relay.table.isSignedIn(phone.aor(), phone.sbcEnd())).isTrue();
  }
}
