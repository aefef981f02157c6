package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trunks that carry media as browsers do: servers, which wait for our ICE checks. */
final class WebRtcTrunkTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      users:
        1001: { md5: 0cf1a0f8e2a87a3f9d3c9a8e2a87a3f9 }
      trunks:
        fs: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1, media: webrtc }
      routes:
        - { name: in, when: { from: fs }, to: { registrar: true } }
        - { name: out, when: { from: registered, to: "0.*" }, to: { trunk: fs } }
        - { name: passed, when: { from: registered, to: "7.*" }, mode: proxy, to: { trunk: fs } }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone server = lab.trunk("203.0.113.1");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void isOfferedAFullAgent(String number) {
    SipRequest invite = alice.invite(number, OFFER);
    SipRequest atServer = server.expect(Method.INVITE);
    assertThat(atServer.bodyText()).contains("a=ice-ufrag:").doesNotContain("ice-lite");
    server.reply(atServer, 486, null);
    server.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aServerIsOfferedAFullIceAgent() {
    isOfferedAFullAgent("0123");
  }

  @Test
  void soItIsWhereItsCallIsPassedOn() {
    isOfferedAFullAgent("7123");
  }

  @Test
  void aServerThatCallsIsAnsweredByAFullIceAgent() {
    SipRequest invite = server.invite("1001", Sdps.browserOffer("203.0.113.1"));
    SipRequest atAlice = alice.expect(Method.INVITE);
    alice.reply(atAlice, 200, OFFER);
    SipResponse answer = server.expect(200);
    assertThat(answer.bodyText()).contains("a=ice-ufrag:").doesNotContain("ice-lite");
    server.endAnswered(invite, answer, alice);
  }
}
