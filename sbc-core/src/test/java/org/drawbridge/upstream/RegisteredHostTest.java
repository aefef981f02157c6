package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the hosts of a carrier that we register with, one knows us: requests go there first. */
final class RegisteredHostTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme:
          targets: %s
          username: "4420"
          password: secret
          register: true
      routes:
        - { name: out, when: { from: registered }, to: { trunk: acme }, mode: %s }
      """;

  private static final String ONE_NAME = "\"sip:acme.example\"";
  private static final String TWO_HOSTS = "[ \"sip:203.0.113.1\", \"sip:203.0.113.2\" ]";
  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  /** A carrier of two hosts, and a phone of ours. */
  private static final class Parties {
    final UpstreamLab upstream;
    final SimPhone alice;
    final SimPhone first;
    final SimPhone second;

    Parties(String targets, String mode) {
      upstream = new UpstreamLab(CONFIG.formatted(targets, mode));
      alice = upstream.lab.phone("1001", Transport.TCP, "192.0.2.11");
      first = upstream.lab.trunk("203.0.113.1");
      second = upstream.lab.trunk("203.0.113.2");
      upstream.lab.resolve("acme.example", "203.0.113.1", "203.0.113.2");
      upstream.start();
    }

    /** Calls, is refused at this host, and the other has heard nothing of it. */
    void callArrivesAt(SimPhone host, SimPhone other) {
      int heard = other.firstLines().size();
      SipRequest invite = alice.invite("+33123456", OFFER);
      host.reply(host.expect(Method.INVITE), 486, null);
      alice.ackFailure(invite, alice.expect(486));
      assertThat(other.firstLines()).hasSize(heard);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void aCallGoesToTheAddressThatTookUsWhateverOrderSrvHasNow(String mode) {
    Parties of = new Parties(ONE_NAME, mode);
    UpstreamLab.accept(of.first, UpstreamLab.register(of.first), 600);
    of.upstream.lab.resolve("acme.example", "203.0.113.2", "203.0.113.1");

    of.callArrivesAt(of.first, of.second);
  }

  @Test
  void soDoesAMessage() {
    Parties of = new Parties(ONE_NAME, "b2bua");
    UpstreamLab.accept(of.first, UpstreamLab.register(of.first), 600);
    of.upstream.lab.resolve("acme.example", "203.0.113.2", "203.0.113.1");

    of.alice.send(of.alice.request(Method.MESSAGE, "+33123456"));
    of.first.reply(of.first.expect(Method.MESSAGE), 200, null);
    of.alice.expect(200);
  }

  @Test
  void aCallGoesToTheTargetThatTookUsThoughItIsTheSecond() {
    Parties of = new Parties(TWO_HOSTS, "b2bua");
    of.first.expect(Method.REGISTER);
    of.upstream.lab.advance(32_001);
    UpstreamLab.accept(of.second, UpstreamLab.register(of.second), 600);
    of.upstream.lab.advance(60_000);

    of.callArrivesAt(of.second, of.first);
  }

  @Test
  void whereTheHostThatTookUsKeepsSilentTheOtherHasItsTurn() {
    Parties of = new Parties(ONE_NAME, "b2bua");
    UpstreamLab.accept(of.first, UpstreamLab.register(of.first), 600);
    SipRequest invite = of.alice.invite("+33123456", OFFER);
    of.first.expect(Method.INVITE);
    of.upstream.lab.advance(5_001);

    of.second.reply(of.second.expect(Method.INVITE), 486, null);
    of.alice.ackFailure(invite, of.alice.expect(486));
    of.callArrivesAt(of.second, of.first);
  }

  @Test
  void theNextRegistrationGoesWhereNameServersLead() {
    Parties of = new Parties(ONE_NAME, "b2bua");
    UpstreamLab.accept(of.first, UpstreamLab.register(of.first), 100);
    of.upstream.lab.resolve("acme.example", "203.0.113.2", "203.0.113.1");
    of.upstream.lab.advance(71_000);
    UpstreamLab.accept(of.second, UpstreamLab.register(of.second), 100);
    of.upstream.lab.resolve("acme.example", "203.0.113.1", "203.0.113.2");

    of.callArrivesAt(of.second, of.first);
  }
}
