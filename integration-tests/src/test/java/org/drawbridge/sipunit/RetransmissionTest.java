package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Messages that come twice, or never (RFC 3261 sections 13.3.1.4 and 17). */
@OnTestBed
final class RetransmissionTest {

  private static final Duration A_WHILE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void anInviteSentAgainIsStillOneCall(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage ringing = phones.caller().awaitResponse(180, "INVITE");

    phones.caller().send(phones.invite());

    List<WireMessage> repeated =
        phones.caller().await("180", 2, PATIENCE, m -> m.isResponse(180, "INVITE"));
    assertThat(repeated).extracting(WireMessage::text).containsOnly(ringing.text());
    assertOneInvite(phones.callee());
    phones.assertAlive(phones.connect());
  }

  @Test
  void anInviteSentAgainAfterTheAnswerIsStillOneCall(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage answer = phones.connect();

    phones.caller().send(phones.invite());
    phones.caller().send(phones.invite());

    Await.pause(A_WHILE);
    assertOneInvite(phones.callee());
    assertThat(phones.caller().all(m -> m.isFinal("INVITE") && m.isResponse(200, "INVITE")))
        .extracting(WireMessage::text)
        .containsOnly(answer.text());
    phones.assertAlive(answer);
  }

  @Test
  void anAnswerSentAgainIsAcknowledgedAgain(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage answer = phones.connect();
    RawPhone callee = phones.callee();
    int before = callee.requests("ACK").size();

    callee.respond(callee.awaitRequest("INVITE"), "200 OK", RawCall.sdp(callee.address()));

    List<WireMessage> acks = callee.await("ACK", before + 1, PATIENCE, m -> m.isRequest("ACK"));
    assertThat(acks).extracting(ack -> ack.header("CSeq")).containsOnly("1 ACK");
    assertThat(acks).extracting(ack -> ack.tag("To")).containsOnly(ResponseText.tag(callee));
    phones.assertAlive(answer);
  }

  private static void assertOneInvite(RawPhone callee) {
    assertThat(callee.requests("INVITE").stream().map(RetransmissionTest::transaction).distinct())
        .hasSize(1);
  }

  /** On a slow machine the SBC itself may send an INVITE again, which is then the same one. */
  private static String transaction(WireMessage request) {
    return request.header("Via") + request.header("Call-ID");
  }
}
