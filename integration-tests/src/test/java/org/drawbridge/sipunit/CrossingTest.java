package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.drawbridge.support.Await;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Messages that cross on the way: the callee answers what the caller has just given up. */
@OnTestBed
final class CrossingTest {

  private static final SipAccount CALLED = SbcFiles.account("1004");
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  @Test
  void anAnswerThatCrossesTheCancelIsAcknowledgedAndHungUp(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    RawPhone callee = phones.callee();
    phones.caller().send(phones.call().cancel());
    WireMessage cancel = callee.awaitRequest("CANCEL");

    callee.respond(callee.awaitRequest("INVITE"), "200 OK", RawCall.sdp(callee.address()));
    callee.respond(cancel, "481 Too late", "");

    callee.awaitRequest("ACK");
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    phones.caller().awaitResponse(200, "CANCEL");
    phones.caller().send(phones.call().ackOfFailure(phones.caller().awaitResponse(487, "INVITE")));
    assertThat(phones.caller().all(m -> m.isResponse(200, "INVITE"))).isEmpty();
  }

  @Test
  void aPhoneThatHasNotSaidAnythingIsNotCancelledBeforeItDoes(TestBed bed) {
    int port = bed.sbc().ports().sip();
    SipAccount account = SbcFiles.account("1002");
    RawPhone caller = bed.join(RawPhone.open(TwoPhones.CALLER, port));
    RawPhone callee = bed.join(RawPhone.open(TwoPhones.CALLEE, port));
    callee.register(CALLED);
    RawCall call = new RawCall(caller, account, CALLED.uri());
    call.place();
    WireMessage invite = callee.awaitRequest("INVITE");

    caller.send(call.cancel());

    caller.awaitResponse(200, "CANCEL");
    caller.send(call.ackOfFailure(caller.awaitResponse(487, "INVITE")));
    Await.pause(A_WHILE);
    assertThat(callee.requests("CANCEL")).isEmpty();
    callee.respond(invite, "180 Ringing", "");
    WireMessage cancel = callee.awaitRequest("CANCEL");
    assertThat(cancel.header("Via")).isEqualTo(invite.header("Via"));
    assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
  }

  @Test
  void aByeWhileItRingsEndsTheCall(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage ringing = phones.caller().awaitResponse(180, "INVITE");

    phones.caller().send(phones.call().next("BYE", ringing));

    phones.caller().awaitResponse(200, "BYE");
    phones.caller().awaitResponse(487, "INVITE");
    phones.callee().awaitRequest("CANCEL");
  }

  @Test
  void byesThatCrossAreBothAnswered(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage answer = phones.connect();
    phones.caller().send(phones.call().next("BYE", answer));
    WireMessage bye = phones.callee().awaitRequest("BYE");

    phones.callee().send(byeOfCallee(phones.callee()));

    phones.callee().await("an answer to BYE", message -> message.isFinal("BYE"));
    phones.callee().respond(bye, "200 OK", "");
    phones.caller().awaitResponse(200, "BYE");
    Await.pause(A_WHILE);
    assertThat(phones.caller().requests("BYE")).isEmpty();
  }

  /** The callee's own request in the dialog that the INVITE to it has made. */
  private static String byeOfCallee(RawPhone callee) {
    WireMessage invite = callee.awaitRequest("INVITE");
    List<String> lines =
        List.of(
            "BYE " + invite.contact() + " SIP/2.0",
            "Via: SIP/2.0/UDP " + callee.hostPort() + ";branch=" + RequestText.newBranch(),
            "Max-Forwards: 70",
            "From: " + invite.header("To") + ";tag=" + ResponseText.tag(callee),
            "To: " + invite.header("From"),
            "Call-ID: " + invite.header("Call-ID"),
            "CSeq: 100 BYE",
            RequestText.bodyPart(""));
    return String.join("\r\n", lines);
  }
}
