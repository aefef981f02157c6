package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reliable provisional responses toward the caller (RFC 3262 section 3). */
final class ReliableRingingTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab =
      new Lab(Lab.CONFIG.replace("ring-timeout: 30s", "ring-timeout: 60s"), CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest call(@Nullable String sdp, HeaderName header) {
    return alice.send(alice.invitation("1002", sdp).header(header, "100rel"));
  }

  private SipRequest prack(SimDialog dialog, SipResponse response) {
    return prack(dialog, rack(response), null);
  }

  private static String rack(SipResponse response) {
    return response.headers().first(HeaderName.RSEQ) + " " + response.cseq();
  }

  private SipRequest prack(SimDialog dialog, String rack, @Nullable String sdp) {
    var out = dialog.request(Method.PRACK).header(HeaderName.RACK, rack);
    return alice.send(sdp == null ? out : SimPhone.withSdp(out, sdp));
  }

  private void hangUp(SimDialog dialog, SipResponse answer) {
    alice.ack(dialog, answer, null);
    alice.hangUp(dialog, bob);
  }

  @Test
  void earlyMediaIsSentReliablyToWhoKnowsHow() {
    SipRequest invite = call(OFFER, HeaderName.SUPPORTED);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipResponse ringing = alice.expect(180);
    bob.reply(arrived, 183, ANSWER);
    SipResponse early = alice.expect(183);
    SimDialog dialog = alice.dialog(invite, early);
    prack(dialog, early);
    alice.expect(200);
    bob.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);

    assertThat(ringing.headers().has(HeaderName.RSEQ)).isFalse();
    assertThat(early.headers().first(HeaderName.REQUIRE)).isEqualTo("100rel");
    assertThat(answer.bodyText()).isEqualTo(early.bodyText());
    hangUp(dialog, answer);
  }

  @Test
  void everyResponseIsReliableForWhoRequiresItOneAfterTheOther() {
    SipRequest invite = call(OFFER, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    bob.reply(arrived, 183, ANSWER);
    SipResponse ringing = alice.expect(180);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("183"));
    SimDialog dialog = alice.dialog(invite, ringing);
    prack(dialog, ringing);
    alice.expect(200);
    SipResponse early = alice.expect(183);
    prack(dialog, early);
    alice.expect(200);

    assertThat(rseq(early)).isEqualTo(rseq(ringing) + 1);
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  private static long rseq(SipResponse response) {
    String value = response.headers().first(HeaderName.RSEQ);
    return value == null ? -1 : Long.parseLong(value);
  }

  @Test
  void aResponseIsRepeatedEverMoreSlowlyUntilItsPrackComes() {
    SipRequest invite = call(OFFER, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipResponse first = alice.expect(180);
    lab.advance(499);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("180"));
    lab.advance(1);
    SipResponse second = alice.expect(180);
    lab.advance(999);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("180"));
    lab.advance(1);
    SipResponse third = alice.expect(180);
    prack(alice.dialog(invite, first), third);
    alice.expect(200);
    lab.advance(20_000);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("180"));
    assertThat(second.toString()).isEqualTo(first.toString());
    alice.cancel(invite);

    alice.ackFailure(invite, alice.expect(487));
    SipRequest cancel = bob.expect(Method.CANCEL);
    bob.reply(cancel, 200, null);
    bob.reply(arrived, 487, null);
  }

  @Test
  void aCallerThatNeverAcknowledgesIsRefusedAndTheCalleeCancelled() {
    SipRequest invite = call(OFFER, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    lab.advance(32_000);
    SipResponse refusal = alice.expect(504);
    alice.ackFailure(invite, refusal);
    bob.reply(bob.expect(Method.CANCEL), 200, null);

    bob.reply(arrived, 487, null);
  }

  @Test
  void theAnswerWaitsForThePrackOfItsDescription() {
    SipRequest invite = call(OFFER, HeaderName.SUPPORTED);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 183, ANSWER);
    SipResponse early = alice.expect(183);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("200"));
    SimDialog dialog = alice.dialog(invite, early);
    SipRequest prack = prack(dialog, early);
    assertThat(alice.expect(200).cseq()).isEqualTo(prack.cseq());

    hangUp(dialog, alice.expect(200));
  }

  @Test
  void theAnswerDoesNotWaitForThePrackOfMereRinging() {
    SipRequest invite = call(OFFER, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipResponse ringing = alice.expect(180);
    bob.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, ringing);
    SipRequest prack = prack(dialog, ringing);
    assertThat(alice.expect(200).cseq()).isEqualTo(prack.cseq());

    hangUp(dialog, answer);
  }

  @Test
  void whoHangsUpWhileItsAnswerWaitsIsBelieved() {
    SipRequest invite = call(OFFER, HeaderName.SUPPORTED);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 183, ANSWER);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    bob.send(bob.dialog(arrived).request(Method.BYE));
    bob.expect(200);

    alice.ackFailure(invite, alice.expect(480));
  }

  @Test
  void aCallerThatGivesUpWhileTheAnswerWaitsEndsItForTheCallee() {
    SipRequest invite = call(OFFER, HeaderName.SUPPORTED);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 183, ANSWER);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aPrackOfNothingIsRefused() {
    SipRequest invite = call(OFFER, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipResponse ringing = alice.expect(180);
    SimDialog dialog = alice.dialog(invite, ringing);
    prack(dialog, (rseq(ringing) + 1) + " " + ringing.cseq(), null);
    alice.expect(481);
    prack(dialog, rseq(ringing) + " 99 INVITE", null);
    alice.expect(481);
    prack(dialog, "what", null);
    alice.expect(400);
    prack(dialog, ringing);
    alice.expect(200);
    prack(dialog, ringing);
    alice.expect(481);
    bob.reply(arrived, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aCallerWithoutOfferGetsOursReliablyAndAnswersInItsPrack() {
    SipRequest invite = call(null, HeaderName.SUPPORTED);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 183, ANSWER);
    SipResponse early = alice.expect(183);
    assertThat(early.bodyText()).contains("m=audio").contains("RTP/AVP");
    assertThat(lab.plane().joins()).isEmpty();
    SimDialog dialog = alice.dialog(invite, early);
    prack(dialog, rack(early), OFFER);
    assertThat(alice.expect(200).bodyLength()).isZero();
    assertThat(lab.plane().joins()).hasSize(1);
    bob.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);

    assertThat(answer.bodyLength()).isZero();
    hangUp(dialog, answer);
  }

  @Test
  void theFirstReliableResponseToAnInviteWithoutOfferHasOne() {
    SipRequest invite = call(null, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipResponse ringing = alice.expect(180);
    assertThat(ringing.bodyText()).contains("m=audio");
    SimDialog dialog = alice.dialog(invite, ringing);
    prack(dialog, rack(ringing), OFFER.replace("RTP/AVP 0 8 101", "RTP/AVP 8 101"));
    alice.expect(200);
    bob.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    alice.ack(dialog, answer, null);
    bob.expect(Method.ACK);
    SipRequest aligned = bob.expect(Method.INVITE);
    bob.reply(aligned, 200, ANSWER.replace("RTP/AVP 0 8 101", "RTP/AVP 8 101"));
    bob.expect(Method.ACK);

    assertThat(aligned.bodyText()).contains("PCMA").doesNotContain("PCMU");
    alice.send(dialog.request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aPrackWithoutTheAnswerThatIsDueEndsTheCall() {
    SipRequest invite = call(null, HeaderName.REQUIRE);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipResponse ringing = alice.expect(180);
    SipRequest prack = prack(alice.dialog(invite, ringing), ringing);
    assertThat(alice.expect(488).cseq()).isEqualTo(prack.cseq());
    alice.ackFailure(invite, alice.expect(488));
    bob.reply(bob.expect(Method.CANCEL), 200, null);

    bob.reply(arrived, 487, null);
  }
}
