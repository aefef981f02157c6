package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that are media servers, which wait for our ICE checks as browsers never do. */
final class WebRtcServerTest {

  private static final String PHONE = Sdps.phone("192.0.2.11", 4000);
  private static final String OFFER = Sdps.browserOffer("192.0.2.33");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone server = lab.phone("1003", Transport.WSS, "192.0.2.33");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static String lite(String sdp) {
    return sdp.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n");
  }

  private static void isOfAFullAgent(String sdp) {
    assertThat(sdp).contains("a=ice-ufrag:").doesNotContain("a=ice-lite");
  }

  private void isAnsweredByAFullAgent(SimPhone caller, String offer) {
    SipRequest invite = caller.invite("1001", offer);
    alice.reply(alice.expect(Method.INVITE), 200, PHONE);
    SipResponse answer = caller.expect(200);
    isOfAFullAgent(answer.bodyText());
    caller.endAnswered(invite, answer, alice);
  }

  @Test
  void aLiteServerThatCallsIsAnsweredByAFullAgent() {
    isAnsweredByAFullAgent(server, lite(OFFER));
  }

  /** As FreeSWITCH, which does not say that it waits. */
  @Test
  void whoCallsOverUdpIsNoBrowserAndIsAnsweredByAFullAgent() {
    isAnsweredByAFullAgent(lab.phone("1004", Transport.UDP, "192.0.2.44"), OFFER);
  }

  @Test
  void aBrowserIsAnsweredByALiteAgent() {
    SipRequest invite = server.invite("1001", OFFER);
    alice.reply(alice.expect(Method.INVITE), 200, PHONE);
    SipResponse answer = server.expect(200);
    assertThat(answer.bodyText()).contains("a=ice-lite");
    server.endAnswered(invite, answer, alice);
  }

  private SipResponse answers(SipRequest atServer) {
    server.reply(atServer, 200, lite(Sdps.browserAnswer("192.0.2.33")));
    server.expect(Method.ACK);
    return alice.expect(200);
  }

  /** Two lite agents would send no check, and each of them wait for those of the other. */
  @Test
  void aLiteServerThatAnswersIsCalledAgainByAFullAgentAndFromThenOnAtOnce() {
    SipRequest invite = alice.invite("1003", PHONE);
    SipRequest first = server.expect(Method.INVITE);
    assertThat(first.bodyText()).contains("a=ice-lite");
    server.reply(first, 200, lite(Sdps.browserAnswer("192.0.2.33")));
    server.expect(Method.ACK);
    server.reply(server.expect(Method.BYE), 200, null);
    SipRequest again = server.expect(Method.INVITE);
    isOfAFullAgent(again.bodyText());
    alice.endAnswered(invite, answers(again), server);

    SipRequest next = alice.invite("1003", PHONE);
    SipRequest atServer = server.expect(Method.INVITE);
    isOfAFullAgent(atServer.bodyText());
    alice.endAnswered(next, answers(atServer), server);
  }
}
