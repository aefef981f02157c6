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
        - name: out
          when: { from: registered, to: "+33.*" }
          to: { trunk: acme }
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

  /** Of a call that was forwarded To names whoever was called first. */
  @Test
  void aCallToOurContactIsForWhomPCalledPartyIdNames() {
    Uri contact = registered();
    carrier.send(
        carrier
            .invitation("unused", OFFER)
            .requestUri(contact)
            .replace(HeaderName.TO, "<sip:+33999@acme.example>")
            .header(HeaderName.P_CALLED_PARTY_ID, "<sip:+4420@acme.example;user=phone>")
            .remove(HeaderName.PROXY_AUTHORIZATION));

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

  @Test
  void requestsToTheTrunkGoAlongItsServiceRouteUntilItSaysOtherwise() {
    upstream.start();
    SipRequest register = UpstreamLab.register(carrier);
    String contact = "Contact: <" + register.contacts().getFirst().uri() + ">;expires=100";
    String route = "Service-Route: <sip:orig@core1.acme.example;lr>, <sip:core2.acme.example;lr>";
    carrier.reply(register, 200, null, contact, route);
    SipRequest invite = alice.invite("+33123456", OFFER);
    SipRequest got = carrier.expect(Method.INVITE);
    assertThat(got.headers().values(HeaderName.ROUTE))
        .containsExactly("<sip:orig@core1.acme.example;lr>", "<sip:core2.acme.example;lr>");
    carrier.reply(got, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    alice.send(alice.request(Method.MESSAGE, "+33123456"));
    SipRequest message = carrier.expect(Method.MESSAGE);
    assertThat(message.routes()).hasSize(2);
    carrier.reply(message, 200, null);

    upstream.lab.advance(95_000);
    UpstreamLab.accept(carrier, UpstreamLab.register(carrier), 100);
    SipRequest second = alice.invite("+33123456", OFFER);
    SipRequest plain = carrier.expect(Method.INVITE);
    assertThat(plain.routes()).isEmpty();
    carrier.reply(plain, 486, null);
    alice.ackFailure(second, alice.expect(486));
  }

  @Test
  void aServiceRouteThatCannotBeFollowedIsIgnored() {
    upstream.start();
    SipRequest register = UpstreamLab.register(carrier);
    String contact = "Contact: <" + register.contacts().getFirst().uri() + ">;expires=100";
    carrier.reply(register, 200, null, contact, "Service-Route: <sip:strict.acme.example>");
    SipRequest invite = alice.invite("+33123456", OFFER);
    SipRequest got = carrier.expect(Method.INVITE);
    assertThat(got.routes()).isEmpty();
    carrier.reply(got, 486, null);
    alice.ackFailure(invite, alice.expect(486));
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
