package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/**
 * What one side of a call gets to see of the other: its name, and nothing of where or what it is.
 */
@OnTestBed
final class TopologyTest {

  @Test
  void theCalleeSeesNothingOfTheCaller(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    phones.assertAlive(phones.connect());

    RawCall call = phones.call();
    WireMessage invite = phones.callee().awaitRequest("INVITE");
    assertThat(invite.header("From")).contains("sip:1002@");
    assertThat(invite.header("Subject")).isEqualTo("hello");
    assertHidden(
        phones.callee(), TwoPhones.CALLER, call.callId(), call.fromTag(), "Caller/1.0", "4711");
    assertRoutedToTheSbc(phones.callee().requests("INVITE"));
  }

  @Test
  void theCallerSeesNothingOfTheCallee(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    phones.assertAlive(phones.connect());

    WireMessage theirs = phones.callee().awaitRequest("INVITE");
    assertHidden(
        phones.caller(),
        TwoPhones.CALLEE,
        theirs.header("Call-ID"),
        theirs.tag("From"),
        ResponseText.tag(phones.callee()),
        "Callee/2.0",
        "4711");
  }

  /** The Via and the Contact of what it was sent itself do not count: they come back unchanged. */
  private static void assertHidden(RawPhone phone, String... secrets) {
    List<WireMessage> seen = phone.all(message -> !message.header("CSeq").endsWith("REGISTER"));
    assertThat(seen).isNotEmpty();
    for (WireMessage message : seen) {
      assertThat(message.text()).doesNotContain(secrets);
    }
  }

  private static void assertRoutedToTheSbc(List<WireMessage> requests) {
    for (WireMessage request : requests) {
      assertThat(request.headers("Via")).hasSize(1);
      assertThat(request.header("Via")).contains("127.0.0.1:");
      assertThat(request.headers("Record-Route")).isEmpty();
      assertThat(request.contact()).contains("127.0.0.1:");
      assertThat(request.body()).contains("c=IN IP4 127.0.0.1\r\n").doesNotContain("session-of");
    }
  }
}
