package org.drawbridge.sipunit;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;

/**
 * Two hand-written phones and a call from one to the other.
 *
 * @param caller registered as 1002
 * @param callee registered as 1004
 * @param call the caller's side
 * @param invite what the caller has sent last
 */
record TwoPhones(RawPhone caller, RawPhone callee, RawCall call, String invite) {

  static final String CALLER = "127.0.0.11";
  static final String CALLEE = "127.0.0.12";

  /** Long enough for whatever would follow at once. */
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  /** Registers both and lets the callee ring. */
  static TwoPhones ringing(TestBed bed) {
    int port = bed.sbc().ports().sip();
    SipAccount calling = SbcFiles.account("1002");
    SipAccount called = SbcFiles.account("1004");
    RawPhone caller = bed.join(RawPhone.open(CALLER, port));
    RawPhone callee = bed.join(RawPhone.open(CALLEE, port));
    caller.register(calling);
    callee.register(called);
    RawCall call = new RawCall(caller, calling, called.uri());
    TwoPhones phones = new TwoPhones(caller, callee, call, call.place());
    callee.respond(callee.awaitRequest("INVITE"), "180 Ringing", "");
    caller.awaitResponse(180, "INVITE");
    return phones;
  }

  /** The callee answers; returns the answer that the caller gets and has not acknowledged yet. */
  WireMessage answer() {
    callee.respond(callee.awaitRequest("INVITE"), "200 OK", RawCall.sdp(callee.address()));
    callee.awaitRequest("ACK");
    return caller.awaitResponse(200, "INVITE");
  }

  /** The callee answers and the caller acknowledges. */
  WireMessage connect() {
    WireMessage answer = answer();
    caller.send(call.ack(answer));
    return answer;
  }

  /** Makes sure that nobody was hung up on and that both sides can still hear of the other. */
  void assertAlive(WireMessage answer) {
    Await.pause(A_WHILE);
    assertNotEnded(caller);
    assertNotEnded(callee);
    caller.send(call.next("BYE", answer));
    callee.respond(callee.awaitRequest("BYE"), "200 OK", "");
    caller.awaitResponse(200, "BYE");
  }

  private static void assertNotEnded(RawPhone phone) {
    for (String method : new String[] {"BYE", "CANCEL"}) {
      if (!phone.requests(method).isEmpty()) {
        throw new AssertionError(phone.address() + " was sent " + phone.requests(method));
      }
    }
  }
}
