package org.drawbridge.b2bua;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Carriers and PBXs as their makers' documents say that they behave. */
final class PublishedPeersTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        cucm: { targets: "sip:203.0.113.5:5060;transport=tcp", from: 203.0.113.5, trust: true }
        ims:
          targets: "sip:203.0.113.1:5060;transport=tcp"
          domain: carrier.example
          from: 203.0.113.1
          number-format: { e164: DE }
          headers:
            P-Preferred-Identity: "<sip:$(caller)@carrier.example>"
            X-Called: "$(to)"
        main-number:
          targets: "sip:203.0.113.1:5060;transport=tcp"
          caller-id: "+49301000"
          headers: { P-Preferred-Identity: "<sip:$(caller)@carrier.example>" }
      routes:
        - name: in
          when: { from: [cucm, ims], to: "+4930100|1001" }
          set: { to: "1001" }
          to: { registrar: true }
        - name: out
          when: { from: registered, to: "0.*" }
          set: { caller: "030100" }
          to: { trunk: ims }
        - { name: main, when: { from: registered, to: "9.*" }, to: { trunk: main-number } }
        - { name: cucm, when: { to: "2.*" }, to: { trunk: cucm } }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone cucm = lab.trunk("203.0.113.5", Transport.TCP);
  private final SimPhone ims = lab.trunk("203.0.113.1", Transport.TCP);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** CUCM stops the audio, and then has each side describe itself anew to begin the music. */
  @Test
  void whoIsHeldByCucmHearsItsMusicAndThenTheOtherSideAgain() {
    SipRequest invite = alice.invite("2001", OFFER);
    SipRequest arrived = cucm.expect(Method.INVITE);
    cucm.reply(arrived, 200, Sdps.phone("203.0.113.5", 5000));
    SipResponse ok = alice.expect(200);
    cucm.expect(Method.ACK);
    SimDialog caller = alice.dialog(invite, ok);
    alice.ack(caller, ok, null);
    SimDialog dialog = cucm.dialog(arrived);

    stop(dialog, 2);
    begin(dialog, Sdps.phone("203.0.113.6", 6000, 1, "sendonly"), "a=sendonly");
    stop(dialog, 3);
    begin(dialog, Sdps.phone("203.0.113.5", 5000, 3, "sendrecv"), "a=sendrecv");
    alice.hangUp(caller, cucm);
  }

  private void stop(SimDialog dialog, int version) {
    String inactive = Sdps.phone("203.0.113.5", 5000, version, "inactive");
    cucm.send(SimPhone.withSdp(dialog.request(Method.INVITE), inactive));
    SipRequest atAlice = alice.expect(Method.INVITE);
    alice.reply(atAlice, 200, Sdps.phone("192.0.2.11", 4000, 2 * version, "inactive"));
    alice.expect(Method.ACK);
    cucm.ack(dialog, cucm.expect(200), null);
    assertThat(atAlice.bodyText()).contains("a=inactive");
  }

  /** Asks for an offer, which has to be for both directions again (RFC 6337 section 5.2). */
  private void begin(SimDialog dialog, String answer, String direction) {
    cucm.send(dialog.request(Method.INVITE));
    SipResponse offer = cucm.expect(200);
    assertThat(offer.bodyText()).contains("a=sendrecv");
    cucm.ack(dialog, offer, answer);
    SipRequest atAlice = alice.expect(Method.INVITE);
    alice.reply(atAlice, 200, Sdps.phone("192.0.2.11", 4000, 20, "sendrecv"));
    alice.expect(Method.ACK);
    assertThat(atAlice.bodyText()).contains(direction);
  }

  /** IMS carriers write telephone numbers as numbers. */
  @Test
  void aCallFromAnImsCarrierByTelUris() {
    String sdp = Sdps.phone("203.0.113.1", 5000);
    String invite =
        """
        INVITE tel:+4930100 SIP/2.0
        Via: SIP/2.0/TCP 203.0.113.1:5060;branch=z9hG4bK-ims-1;rport
        Max-Forwards: 66
        Record-Route: <sip:203.0.113.1:5060;transport=tcp;lr>
        From: "Muster, Max" <tel:+4940200>;tag=ims1
        To: <tel:+4930100>
        Call-ID: ims-1
        CSeq: 1 INVITE
        Contact: <sip:203.0.113.1:5060;transport=tcp>
        P-Asserted-Identity: <sip:+4940200@carrier.example;user=phone>, <tel:+4940200>
        P-Called-Party-ID: <sip:+4930100@carrier.example;user=phone>
        P-Early-Media: supported
        Privacy: none
        Session-Expires: 1800;refresher=uac
        Min-SE: 900
        Supported: 100rel, timer, histinfo, precondition, 199
        Allow: INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, OPTIONS
        Accept: application/sdp, application/3gpp-ims+xml
        Content-Type: application/sdp
        Content-Length: %d

        """;
    String wire = invite.formatted(sdp.length()).replace("\n", "\r\n") + sdp;
    SipRequest sent = ims.sendRaw(wire.getBytes(US_ASCII));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 486, null);
    ims.ackFailure(sent, ims.expect(486));

    assertThat(arrived.from().uri()).hasToString("sip:+4940200@example.com");
    assertThat(arrived.from().displayName()).isEqualTo("Muster, Max");
  }

  @Test
  void anIdentityInAHeaderOfTheTrunkIsTheNumberAsItGoesOut() {
    SipRequest got = refused("040200");

    assertThat(got.from().uri()).hasToString("sip:+4930100@carrier.example");
    assertThat(got.headers().first(HeaderName.P_PREFERRED_IDENTITY))
        .isEqualTo("<sip:+4930100@carrier.example>");
    assertThat(got.headers().first("X-Called")).isEqualTo("+4940200");
  }

  @Test
  void andTheNumberThatTheTrunkShowsForAll() {
    assertThat(refused("9040200").headers().first(HeaderName.P_PREFERRED_IDENTITY))
        .isEqualTo("<sip:+49301000@carrier.example>");
  }

  private SipRequest refused(String number) {
    SipRequest invite = alice.invite(number, OFFER);
    SipRequest got = ims.expect(Method.INVITE);
    ims.reply(got, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    return got;
  }
}
