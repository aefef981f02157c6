package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LiveObjects;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/**
 * What is kept of a call that has ended for as long as the network may repeat something: what the
 * repeats need, and nothing of the call.
 */
final class RemainsTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final int CALLS = 5;

  private final Lab lab =
      new Lab(
          Lab.CONFIG.replace("[ { trunk: acme }, { trunk: beta } ]", "{ trunk: beta }"),
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone beta = lab.trunk("192.0.2.77");

  @Test
  void ofAnAnsweredCallTheAckIsKept() {
    assertThat(remains(this::answeredCall)).isEqualTo(acks(1));
    lab.assertClean();
  }

  @Test
  void ofAChangedSessionTheAcksAreKept() {
    assertThat(remains(this::changedCall)).isEqualTo(acks(2));
    lab.assertClean();
  }

  @Test
  void ofARefusedCallNothingIsKept() {
    assertThat(remains(this::refusedCall)).isEmpty();
    lab.assertClean();
  }

  @Test
  void ofACancelledCallNothingIsKept() {
    assertThat(remains(this::cancelledCall)).isEmpty();
    lab.assertClean();
  }

  @Test
  void ofACancelledCallThatIsNeverAnsweredNoCallIsKept() {
    assertThat(remains(this::forsakenCall)).isEqualTo(Map.of("leg.FurtherAnswers", (long) CALLS));
    lab.assertClean();
  }

  @Test
  void ofACallThatIsNotAllowedNothingIsKept() {
    assertThat(remains(this::unknownCallee)).isEmpty();
    lab.assertClean();
  }

  /** Only a final failure may be followed by an answer, so a challenge leaves nothing to wait. */
  @Test
  void ofACallThatATrunkAskedCredentialsForTheAckIsKept() {
    assertThat(remains(this::challengedCall)).isEqualTo(acks(1));
    lab.assertClean();
  }

  @Test
  void aLateAnswerToACancelledCallIsHungUpOnOnce() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.cancel(invite);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    alice.ackFailure(invite, alice.expect(487));
    SipResponse late = bob.reply(arrived, 200, ANSWER);
    SipRequest ack = bob.expect(Method.ACK);
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);
    bob.sendAgain(late);

    assertThat(bob.expect(Method.ACK).wire()).isEqualTo(ack.wire());
    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("BYE"));
    assertThat(bye.cseq().seq()).isEqualTo(ack.cseq().seq() + 1);
    lab.assertClean();
  }

  @Test
  void anAnswerIsAcknowledgedAgainWithTheSameBytesAfterTheCall() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipResponse sent = bob.reply(arrived, 200, ANSWER);
    SipRequest ack = bob.expect(Method.ACK);
    hangUp(invite);
    bob.sendAgain(sent);

    assertThat(bob.expect(Method.ACK).wire()).isEqualTo(ack.wire());
    lab.assertClean();
  }

  @Test
  void aForkThatAnswersAfterTheCallIsHungUpOn() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipResponse sent = bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    hangUp(invite);
    String other = sent.to().withTag("another").toString();
    bob.sendAgain(sent.edit().replace(HeaderName.TO, other).build());
    SipRequest ack = bob.expect(Method.ACK);
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);

    assertThat(ack.toTag()).isEqualTo("another");
    assertThat(bye.toTag()).isEqualTo("another");
    assertThat(ack.cseq().seq()).isEqualTo(arrived.cseq().seq());
    assertThat(bye.headers().first(HeaderName.REASON)).contains("completed elsewhere");
    lab.assertClean();
  }

  private Map<String, Long> remains(Runnable call) {
    call.run(); // classes are loaded, caches filled
    lab.advance(64_000);
    LiveObjects before = LiveObjects.now();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    lab.advance(6_000); // timers I and K are over
    return LiveObjects.now().ofPackage(before, "b2bua");
  }

  private static Map<String, Long> acks(int aCall) {
    long all = (long) CALLS * aCall;
    return Map.of("leg.FurtherAnswers", all, "leg.FurtherAnswers$Acknowledged", all);
  }

  private void challengedCall() {
    SipRequest invite = alice.invite("+442079460000", OFFER);
    String challenge = "WWW-Authenticate: Digest realm=\"beta\", nonce=\"abc\"";
    beta.reply(beta.expect(Method.INVITE), 401, null, challenge);
    beta.reply(beta.expect(Method.INVITE), 200, ANSWER);
    hangUp(invite, beta);
  }

  private void answeredCall() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    hangUp(invite);
  }

  private void hangUp(SipRequest invite) {
    hangUp(invite, bob);
  }

  private void hangUp(SipRequest invite, SimPhone callee) {
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, callee);
    forget();
  }

  private void changedCall() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 200, ANSWER);
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    String hold = OFFER.replace("a=sendrecv", "a=sendonly");
    alice.send(SimPhone.withSdp(dialog.request(Method.INVITE), hold));
    String held = ANSWER.replace("a=sendrecv", "a=recvonly");
    bob.reply(bob.expect(Method.INVITE), 200, held);
    bob.expect(Method.ACK);
    alice.ack(dialog, alice.expect(200), null);
    alice.send(dialog.request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
    forget();
  }

  private void refusedCall() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    forget();
  }

  private void cancelledCall() {
    SipRequest arrived = cancelled();
    bob.reply(arrived, 487, null);
    forget();
  }

  private void forsakenCall() {
    cancelled();
    forget();
  }

  private SipRequest cancelled() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 100, null);
    alice.cancel(invite);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    alice.ackFailure(invite, alice.expect(487));
    return arrived;
  }

  private void unknownCallee() {
    SipRequest invite = alice.invite("nobody", OFFER);
    alice.ackFailure(invite, alice.expect(404));
    forget();
  }

  private void forget() {
    lab.settle();
    lab.plane().joins().clear();
    alice.clear();
    beta.clear();
    bob.clear();
  }
}
