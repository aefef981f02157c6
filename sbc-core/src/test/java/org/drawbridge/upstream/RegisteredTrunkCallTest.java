package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.Test;

/** Calls that come in by a registration, from a trunk without networks of its own. */
final class RegisteredTrunkCallTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: "sip:203.0.113.1", username: "4420", password: secret, register: true }
      routes:
        - name: in
          when: { from: acme, to: "+4420|4420" }
          set: { to: "1001" }
          to: { registrar: true }
      """;

  private static final String OFFER = Sdps.phone("203.0.113.1", 4000);

  private final UpstreamLab upstream = new UpstreamLab(CONFIG);
  private final SimPhone alice = upstream.lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone carrier = upstream.lab.trunk("203.0.113.1");

  @Test
  void aCallToOurContactIsForWhomToNames() {
    Uri contact = registered();
    call(carrier, contact, "sip:+4420@acme.example");

    alice.reply(alice.expect(Method.INVITE), 486, null);
    carrier.expect(486);
  }

  @Test
  void aCallToOurContactThatNamesOnlyUsIsForTheAccount() {
    Uri contact = registered();
    call(carrier, contact, "sip:acme.example");

    alice.expect(Method.INVITE);
  }

  @Test
  void aNumberCalledOverTheConnectionOfTheRegistrationIsFromTheTrunk() throws Exception {
    registered();
    call(carrier, Uri.parse("sip:+4420@198.51.100.1"), "sip:+4420@198.51.100.1");

    alice.expect(Method.INVITE);
  }

  @Test
  void aStrangerWhoKnowsTheContactIsStillAStranger() {
    Uri contact = registered();
    SimPhone stranger = upstream.lab.trunk("203.0.113.66");
    call(stranger, contact, "sip:+4420@acme.example");

    stranger.expect(404);
    assertThat(alice.firstLines()).isEmpty();
  }

  @Test
  void beforeTheRegistrationNobodyIsTheTrunk() {
    upstream.start();
    Uri contact = UpstreamLab.register(carrier).contacts().getFirst().uri();
    call(carrier, contact, "sip:+4420@acme.example");

    carrier.expect(404);
  }

  private Uri registered() {
    upstream.start();
    SipRequest register = UpstreamLab.register(carrier);
    UpstreamLab.accept(carrier, register, 600);
    return register.contacts().getFirst().uri();
  }

  private static void call(SimPhone from, Uri target, String to) {
    from.send(
        from.invitation("unused", OFFER)
            .requestUri(target)
            .replace(HeaderName.TO, "<" + to + ">")
            .remove(HeaderName.PROXY_AUTHORIZATION));
  }
}
