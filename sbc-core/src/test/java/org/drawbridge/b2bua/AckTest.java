package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lost and repeated messages around the answer. */
final class AckTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void theAnswerIsRepeatedUntilItIsAcknowledged() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 200, ANSWER);
    SipResponse first = alice.expect(200);
    lab.advance(500);
    SipResponse again = alice.expect(200);
    assertThat(again.wire()).isEqualTo(first.wire());
    SimDialog dialog = alice.dialog(invite, again);
    alice.ack(dialog, again, null);
    lab.advance(10_000);
    assertThat(alice.firstLines()).doesNotContain("SIP/2.0 200 OK");
    alice.send(dialog.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void withoutAnAckTheCallEndsForBoth() {
    alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 200, ANSWER);
    alice.expect(200);
    lab.advance(32_100);
    SipRequest bye = alice.expect(Method.BYE);
    alice.reply(bye, 200, null);
    bob.reply(bob.expect(Method.BYE), 200, null);

    assertThat(bye.headers().first(HeaderName.REASON)).contains("never acknowledged");
  }

  @Test
  void aCalleeWhoHangsUpBeforeTheAckIsNotPassedOnBeforeIt() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, ANSWER);
    bob.send(bob.dialog(arrived).request(Method.BYE));
    bob.expect(200);
    SipResponse answer = alice.expect(200);
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("BYE"));
    alice.ack(alice.dialog(invite, answer), answer, null);

    alice.reply(alice.expect(Method.BYE), 200, null);
  }

  @Test
  void aRepeatedInviteIsNoSecondCall() {
    SipRequest invite = alice.invite("1002", OFFER);
    alice.sendAgain(invite);
    alice.sendAgain(invite);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(bob.firstLines()).doesNotContain("INVITE");
    assertThat(lab.counters().get(CallCounters.Kind.RECEIVED)).isEqualTo(1);
  }

  @Test
  void aRepeatedAnswerIsAcknowledgedAgain() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    SipResponse answer = bob.reply(call.arrived(), 200, ANSWER);
    SipRequest ack = bob.expect(Method.ACK);
    call.hangUp();

    assertThat(ack.cseq().seq()).isEqualTo(answer.cseq().seq());
  }

  @Test
  void aRepeatedAckChangesNothing() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    alice.ack(call.callerDialog(), call.answer(), null);
    alice.ack(call.callerDialog(), call.answer(), OFFER);

    call.hangUp();
  }

  @Test
  void anAckThatBelongsToNothingIsDropped() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    alice.send(
        SipRequest.builder(Method.ACK, call.invite().requestUri())
            .header(HeaderName.FROM, "<sip:x@example.com>;tag=1")
            .header(HeaderName.TO, "<sip:y@example.com>;tag=2")
            .header(HeaderName.CALL_ID, "nothing")
            .header(HeaderName.CSEQ, "1 ACK"));

    call.hangUp();
  }
}
