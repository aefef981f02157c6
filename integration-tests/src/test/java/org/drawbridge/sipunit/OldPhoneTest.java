package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What RFC 3261 allows and few phones do: other spellings, and an offer that comes late. */
@OnTestBed
final class OldPhoneTest {

  private static final SipAccount CALLING = SbcFiles.account("1002");
  private static final SipAccount CALLED = SbcFiles.account("1004");

  /** Ways to write the same INVITE. */
  enum Spelling {
    COMPACT(OldPhoneTest::compact),
    FOLDED(text -> text.replace("Subject: hello", "Subject:\r\n  hello")),
    UPPER_CASE(
        text ->
            text.replace("Call-ID:", "CALL-ID :")
                .replace("CSeq:", "CSEQ\t:")
                .replace("Via: SIP/2.0/UDP", "VIA: SIP / 2.0 / UDP"));

    private final UnaryOperator<String> write;

    Spelling(UnaryOperator<String> write) {
      this.write = write;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInviteMayBeWrittenInManyWays(Spelling spelling, TestBed bed) {
    RawPhone caller = caller(bed);
    RawPhone callee = callee(bed);
    RawCall call = challenged(caller);

    caller.send(spelling.write.apply(call.invite()));

    WireMessage invite = callee.awaitRequest("INVITE");
    assertThat(invite.header("Subject")).isEqualTo("hello");
    assertThat(invite.body()).startsWith("v=0\r\n");
    callee.respond(invite, "200 OK", RawCall.sdp(callee.address()));
    WireMessage answer = caller.awaitResponse(200, "INVITE");
    caller.send(compact(call.ack(answer)));
    caller.send(compact(call.next("BYE", answer)));
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    caller.awaitResponse(200, "BYE");
  }

  @Test
  void anInviteWithoutAnOfferGetsOneInTheAnswer(TestBed bed) {
    RawPhone caller = caller(bed);
    RawPhone callee = callee(bed);
    RawCall call = challenged(caller);

    caller.send(withoutBody(call.invite()));

    callee.respond(callee.awaitRequest("INVITE"), "200 OK", RawCall.sdp(callee.address()));
    WireMessage answer = caller.awaitResponse(200, "INVITE");
    assertThat(answer.body()).contains("m=audio ", "c=IN IP4 127.0.0.1\r\n");
    assertThat(answer.body()).doesNotContain(TwoPhones.CALLEE);
    caller.send(withBody(call.ack(answer), RawCall.sdp(caller.address())));
    WireMessage ack = callee.awaitRequest("ACK");
    caller.send(call.next("BYE", answer));
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    caller.awaitResponse(200, "BYE");
    assertThat(ack.header("CSeq")).isEqualTo("1 ACK");
  }

  @Test
  void anExtensionThatWeDoNotHaveIsRefusedByName(TestBed bed) {
    RawPhone caller = caller(bed);
    RawCall call = challenged(caller);

    caller.send(call.invite().replace("Subject: hello", "Require: 100rel, frobnicate"));

    WireMessage refusal = caller.awaitResponse(420, "INVITE");
    assertThat(refusal.header("Unsupported")).contains("frobnicate");
  }

  @Test
  void aSessionIntervalThatIsTooSmallIsRefused(TestBed bed) {
    RawPhone caller = caller(bed);
    RawCall call = challenged(caller);

    caller.send(call.invite().replace("Subject: hello", "Supported: timer\r\nSession-Expires: 30"));

    assertThat(caller.awaitResponse(422, "INVITE").header("Min-SE")).isEqualTo("90");
  }

  private static RawPhone caller(TestBed bed) {
    return bed.join(RawPhone.open(TwoPhones.CALLER, bed.sbc().ports().sip()));
  }

  private static RawPhone callee(TestBed bed) {
    RawPhone callee = bed.join(RawPhone.open(TwoPhones.CALLEE, bed.sbc().ports().sip()));
    callee.register(CALLED);
    return callee;
  }

  /** A call whose next INVITE has credentials. */
  private static RawCall challenged(RawPhone caller) {
    RawCall call = new RawCall(caller, CALLING, CALLED.uri());
    caller.send(call.invite());
    WireMessage challenge = caller.awaitResponse(407, "INVITE");
    caller.send(call.ackOfFailure(challenge));
    call.authorize(challenge);
    return call;
  }

  private static String compact(String text) {
    return text.replace("\r\nVia:", "\r\nv:")
        .replace("\r\nFrom:", "\r\nf:")
        .replace("\r\nTo:", "\r\nt:")
        .replace("\r\nCall-ID:", "\r\ni:")
        .replace("\r\nContact:", "\r\nm:")
        .replace("\r\nSubject:", "\r\ns:")
        .replace("\r\nContent-Type:", "\r\nc:")
        .replace("\r\nContent-Length:", "\r\nl:");
  }

  private static String withoutBody(String text) {
    return text.replaceFirst("(?s)Content-Type:.*", RequestText.bodyPart(""));
  }

  private static String withBody(String text, String sdp) {
    return text.replace(RequestText.bodyPart(""), RequestText.bodyPart(sdp));
  }
}
