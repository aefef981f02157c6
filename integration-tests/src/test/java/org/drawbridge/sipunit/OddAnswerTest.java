package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callees that answer as no good phone does; the caller must always learn how its call ended. */
@OnTestBed
final class OddAnswerTest {

  private static final Duration A_WHILE = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(strings = {"", "v=0\r\no=- 1 1 IN IP4 127.0.0.12\r\n", "this is no SDP\r\n"})
  void anAnswerWithoutUsableMediaIsHungUpAndTheCallerIsTold(String sdp, TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    RawPhone callee = phones.callee();

    callee.respond(callee.awaitRequest("INVITE"), "200 OK", sdp);

    callee.awaitRequest("ACK");
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    WireMessage refusal = phones.caller().await("a final response", m -> isRefusal(m));
    assertThat(refusal.startLine()).matches("SIP/2.0 (488|50[0-9]) .*");
    assertThat(refusal.header("Warning")).isNotEmpty();
  }

  @Test
  void anAnswerWithoutAContactIsTakenWhereTheInviteWent(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    RawPhone callee = phones.callee();
    String answer =
        ResponseText.of(
            callee, callee.awaitRequest("INVITE"), "200 OK", RawCall.sdp(callee.address()));

    callee.send(answer.replaceFirst("Contact:[^\r]*\r\n", ""));

    WireMessage answered = phones.caller().awaitResponse(200, "INVITE");
    phones.caller().send(phones.call().ack(answered));
    phones.assertAlive(answered);
  }

  @Test
  void aSecondDeviceBehindTheSameContactIsHungUp(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage answer = phones.connect();
    RawPhone callee = phones.callee();
    String second =
        ResponseText.of(
            callee, callee.awaitRequest("INVITE"), "200 OK", RawCall.sdp(callee.address()));

    callee.send(second.replace(ResponseText.tag(callee), "another-device"));

    WireMessage ack =
        callee.await("its ACK", m -> m.isRequest("ACK") && m.tag("To").equals("another-device"));
    WireMessage bye = callee.awaitRequest("BYE");
    callee.respond(bye, "200 OK", "");
    assertThat(ack.header("CSeq")).isEqualTo("1 ACK");
    assertThat(bye.tag("To")).isEqualTo("another-device");
    Await.pause(A_WHILE);
    assertThat(phones.caller().requests("BYE")).isEmpty();
    phones.caller().send(phones.call().next("BYE", answer));
    callee.await(
        "the BYE of the call",
        m -> m.isRequest("BYE") && m.tag("To").equals(ResponseText.tag(callee)));
  }

  @Test
  void aRedirectionIsNotShownToTheCaller(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    RawPhone callee = phones.callee();

    callee.respond(callee.awaitRequest("INVITE"), "302 Moved Temporarily", "");

    callee.awaitRequest("ACK");
    WireMessage refusal = phones.caller().await("a final response", m -> isRefusal(m));
    assertThat(refusal.startLine()).matches("SIP/2.0 [45].*");
    assertThat(refusal.text()).doesNotContain(callee.address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "407 Proxy Authentication Required"})
  void aChallengeOfThePhoneIsNotShownToTheCaller(String status, TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    RawPhone callee = phones.callee();
    String challenge =
        status + "\r\nProxy-Authenticate: Digest realm=\"theirs\", nonce=\"n\", algorithm=MD5";

    callee.respond(callee.awaitRequest("INVITE"), challenge, "");

    callee.awaitRequest("ACK");
    WireMessage refusal = phones.caller().await("a final response", m -> isRefusal(m));
    assertThat(refusal.startLine()).doesNotMatch("SIP/2.0 (401|407) .*");
    assertThat(refusal.text()).doesNotContain("theirs");
  }

  @Test
  void theSameInviteByAnotherPathIsALoop(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    String merged = phones.invite().replaceFirst("branch=[^;]*", "branch=z9hG4bK-other-path");

    phones.caller().send(merged);

    phones.caller().awaitResponse(482, "INVITE");
    String callId = phones.callee().awaitRequest("INVITE").header("Call-ID");
    assertThat(phones.callee().requests("INVITE"))
        .extracting(message -> message.header("Call-ID"))
        .containsOnly(callId);
  }

  private static boolean isRefusal(WireMessage message) {
    return message.isFinal("INVITE")
        && !message.isResponse(407, "INVITE")
        && message.header("CSeq").startsWith("2 ");
  }
}
