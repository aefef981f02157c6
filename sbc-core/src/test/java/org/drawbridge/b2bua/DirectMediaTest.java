package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a route with {@code media: direct}. */
final class DirectMediaTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      routes:
        - name: inside
          media: direct
          to: { registrar: true }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static String belowOrigin(String sdp) {
    return sdp.substring(sdp.indexOf("s="));
  }

  @Test
  void eachSideIsToldWhatTheOtherSaidUnderAnOriginOfOurs() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);

    assertThat(belowOrigin(call.arrived().bodyText())).isEqualTo(belowOrigin(OFFER));
    assertThat(belowOrigin(call.answer().bodyText())).isEqualTo(belowOrigin(ANSWER));
    assertThat(call.answer().bodyText()).contains("IN IP4 0.0.0.0").doesNotContain("o=- 4711 ");
    call.hangUp();
  }

  @Test
  void aChangeGoesAcrossAndKeepsTheOrigin() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    String hold = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");
    alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), hold));
    SipRequest reinvite = bob.expect(Method.INVITE);
    assertThat(belowOrigin(reinvite.bodyText())).isEqualTo(belowOrigin(hold));
    assertThat(session(reinvite.bodyText())).isEqualTo(session(call.arrived().bodyText()));
    bob.reply(reinvite, 200, Sdps.phone("192.0.2.22", 4002, 2, "recvonly"));
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    assertThat(answer.bodyText()).contains("a=recvonly");
    alice.ack(call.callerDialog(), answer, null);
    call.hangUp();
  }

  private static String session(String sdp) {
    return sdp.lines()
        .filter(line -> line.startsWith("o="))
        .findFirst()
        .orElseThrow()
        .split(" ")[1];
  }

  @Test
  void aCallThatComesWithoutAnOfferIsRelayed() {
    SipRequest invite = alice.invite("1002", null);
    SipRequest arrived = bob.expect(Method.INVITE);
    assertThat(arrived.bodyText()).contains("c=IN IP4 198.51.100.1");
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theCallOfOneWhoHidesItsSessionIsRelayed() {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).header(HeaderName.PRIVACY, "id; Session"));
    SipRequest arrived = bob.expect(Method.INVITE);
    assertThat(arrived.toString()).doesNotContain("192.0.2.11");
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aBrowsersCallIsRelayed() {
    SipRequest invite = alice.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    assertThat(arrived.bodyText()).contains("RTP/AVP").contains("c=IN IP4 198.51.100.1");
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aBrowserIsNotCalledWithAPhonesOffer() {
    SimPhone browser = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SipRequest invite = alice.invite("1003", OFFER);
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.toString()).contains("cannot join RTP to WEBRTC");
    assertThat(browser.firstLines()).isEmpty();
  }

  @Test
  void whoIsLeftAloneByATransferIsOfferedNothingBeforeTheTargetAnswers() {
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    bob.send(
        call.calleeDialog()
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, "<sip:1003@example.com>"));
    bob.expect(202);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    alice.send(call.callerDialog().request(Method.INVITE));
    alice.expect(491);

    SipRequest arrived = carol.expect(Method.INVITE);
    carol.reply(arrived, 200, Sdps.phone("192.0.2.33", 4004));
    carol.expect(Method.ACK);
    SipRequest moved = alice.expect(Method.INVITE);
    alice.reply(moved, 200, OFFER);
    alice.expect(Method.ACK);

    assertThat(moved.bodyText()).contains("192.0.2.33");
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    carol.reply(carol.expect(Method.BYE), 200, null);
    bob.clear();
  }
}
