package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Parts;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to services in place of numbers (RFC 5031, RFC 6881). */
final class ServiceCallTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);
  private static final String PLACE =
      "Content-Type: application/pidf+xml\r\nContent-ID: <here@example.com>\r\n\r\n<presence/>";

  private final Lab lab =
      new Lab(
          """
          domains: [example.com]
          listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
          trunks:
            ng: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1, service-urns: true }
            acme: { targets: "sip:203.0.113.2:5060", from: 203.0.113.2, limits: { calls: 1 } }
          routes:
            - name: poison
              when: { to: "urn:service:sos.poison" }
              to: { accounts: 1002 }
            - name: help
              when: { to: "112|urn:service:sos" }
              set: { to: "112" }
              emergency: true
              to: [ { trunk: ng }, { trunk: acme } ]
            - name: inside
              when: { to-domain: local }
              to: { registrar: true }
          """,
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
  private final SimPhone ng = lab.trunk("203.0.113.1");
  private final SimPhone acme = lab.trunk("203.0.113.2");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private MessageBuilder<SipRequest> invitation(String urn, @Nullable String sdp) {
    try {
      return alice
          .invitation("1002", sdp)
          .requestUri(Uri.parse(urn))
          .replace(HeaderName.TO, "<" + urn + ">");
    } catch (SipSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void refuse(SimPhone callee, int status, SipRequest invite, SipRequest arrived) {
    callee.reply(arrived, status, null);
    alice.ackFailure(invite, alice.expect(status));
  }

  @Test
  void aTrunkThatTakesServicesIsAskedForItByARouteToItself() {
    SipRequest invite = alice.send(invitation("urn:service:SOS.fire", OFFER));
    SipRequest arrived = ng.expect(Method.INVITE);

    assertThat(arrived.requestUri()).hasToString("urn:service:sos.fire");
    assertThat(arrived.to().uri()).hasToString("urn:service:sos.fire");
    assertThat(arrived.headers().all(HeaderName.ROUTE))
        .containsExactly("<sip:203.0.113.1:5060;lr>");

    ng.reply(arrived, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, null);
    assertThat(ng.expect(Method.ACK).headers().has(HeaderName.ROUTE)).isFalse();
    alice.send(dialog.request(Method.BYE));
    ng.reply(ng.expect(Method.BYE), 200, null);
    alice.expect(200);
  }

  @Test
  void aCallToAServiceIsTakenBackThere() {
    SipRequest invite = alice.send(invitation("urn:service:sos", OFFER));
    SipRequest arrived = ng.expect(Method.INVITE);
    ng.reply(arrived, 180, null);
    alice.cancel(invite);
    SipRequest cancel = ng.expect(Method.CANCEL);
    assertThat(cancel.requestUri()).hasToString("urn:service:sos");
    assertThat(cancel.headers().all(HeaderName.ROUTE))
        .isEqualTo(arrived.headers().all(HeaderName.ROUTE));
    ng.reply(cancel, 200, null);
    ng.reply(arrived, 487, null);
    alice.ackFailure(invite, alice.expect(487));
  }

  @Test
  void aTrunkThatTakesNumbersIsCalledByTheNumberWithWhereTheCallerIs() {
    SipRequest invite =
        alice.send(
            Parts.in(invitation("urn:service:sos", null), Parts.sdp(OFFER), PLACE)
                .header(HeaderName.GEOLOCATION, "<cid:here@example.com>"));
    ng.reply(ng.expect(Method.INVITE), 503, null);
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, 486, invite, arrived);

    assertThat(arrived.requestUri()).hasToString("sip:112@203.0.113.2:5060");
    assertThat(arrived.to().uri()).hasToString("sip:112@203.0.113.2");
    assertThat(arrived.headers().has(HeaderName.ROUTE)).isFalse();
    assertThat(arrived.headers().first(HeaderName.GEOLOCATION)).isEqualTo("<cid:here@example.com>");
    assertThat(arrived.bodyText()).contains(PLACE);
  }

  @Test
  void anAccountIsCalledByItsContact() {
    SipRequest invite = alice.send(invitation("urn:service:sos.poison", OFFER));
    SipRequest arrived = bob.expect(Method.INVITE);
    refuse(bob, 603, invite, arrived);
    assertThat(arrived.requestUri()).hasToString(bob.contact());
    assertThat(arrived.to().uri()).hasToString("sip:1002@example.com");
  }

  @Test
  void aServiceThatNoRouteHasIsNotFound() {
    SipRequest invite = alice.send(invitation("urn:service:counseling", OFFER));
    SipResponse refusal = alice.expect(404);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("No route matches");
  }

  @Test
  void otherUrnsAreNoAddresses() {
    SipRequest invite = alice.send(invitation("urn:nena:service:sos", OFFER));
    alice.ackFailure(invite, alice.expect(416));
  }

  @Test
  void aMessageReachesAServiceToo() {
    SipRequest message =
        alice.send(
            alice
                .request(Method.MESSAGE, "1002")
                .requestUri(invitation("urn:service:sos", OFFER).build().requestUri())
                .body("text/plain", new byte[] {'!'}));
    SipRequest arrived = ng.expect(Method.MESSAGE);
    assertThat(arrived.requestUri()).hasToString("urn:service:sos");
    ng.reply(arrived, 202, null);
    assertThat(alice.expect(202).callId()).isEqualTo(message.callId());
  }
}
