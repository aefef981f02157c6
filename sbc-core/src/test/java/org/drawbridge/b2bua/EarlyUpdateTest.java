package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of the session before the call is answered (RFC 3311, RFC 6337). */
final class EarlyUpdateTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final String HOLD = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");
  private static final String HELD = Sdps.phone("192.0.2.22", 4002, 2, "recvonly");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private SipRequest invite;
  private SipRequest arrived;
  private SimDialog toSbc;

  @BeforeEach
  void ring() {
    invite = alice.send(alice.invitation("1002", OFFER).header(HeaderName.SUPPORTED, "100rel"));
    arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    toSbc = alice.dialog(invite, alice.expect(180));
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** Early media, reliable on both sides. */
  private SipResponse settle() {
    bob.reply(arrived, 183, ANSWER, "Require: 100rel", "RSeq: 1");
    bob.reply(bob.expect(Method.PRACK), 200, null);
    SipResponse early = alice.expect(183);
    prack(early, null);
    alice.expect(200);
    return early;
  }

  private void prack(SipResponse early, @Nullable String sdp) {
    String rack = early.headers().first(HeaderName.RSEQ) + " " + early.cseq();
    var out = toSbc.request(Method.PRACK).header(HeaderName.RACK, rack);
    alice.send(sdp == null ? out : SimPhone.withSdp(out, sdp));
  }

  private SipRequest update(SimPhone phone, SimDialog dialog, String sdp) {
    return phone.send(SimPhone.withSdp(dialog.request(Method.UPDATE), sdp));
  }

  private void answerAndHangUp() {
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    assertThat(answer.bodyLength()).isZero();
    alice.ack(toSbc, answer, null);
    assertThat(bob.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("INVITE"));
    alice.send(toSbc.request(Method.BYE));
    alice.expect(200);
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  private void busy() {
    bob.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theCallersOfferGoesAcrossAndItsAnswerBack() {
    settle();
    update(alice, toSbc, HOLD);
    SipRequest update = bob.expect(Method.UPDATE);
    bob.reply(update, 200, HELD);
    SipResponse held = alice.expect(200);

    assertThat(update.bodyText()).contains("a=sendonly");
    assertThat(held.bodyText()).contains("a=recvonly");
    answerAndHangUp();
  }

  @Test
  void theCalleesOfferGoesAcrossAndItsAnswerBack() {
    settle();
    update(bob, bob.dialog(arrived), Sdps.phone("192.0.2.22", 4002, 2, "sendonly"));
    SipRequest update = alice.expect(Method.UPDATE);
    alice.reply(update, 200, Sdps.phone("192.0.2.11", 4000, 2, "recvonly"));
    SipResponse held = bob.expect(200);

    assertThat(update.bodyText()).contains("a=sendonly");
    assertThat(held.bodyText()).contains("a=recvonly");
    answerAndHangUp();
  }

  @Test
  void anOfferInThePrackIsAnsweredInItsResponse() {
    bob.reply(arrived, 183, ANSWER, "Require: 100rel", "RSeq: 1");
    bob.reply(bob.expect(Method.PRACK), 200, null);
    SipResponse early = alice.expect(183);
    prack(early, HOLD);
    bob.reply(bob.expect(Method.UPDATE), 200, HELD);

    assertThat(alice.expect(200).bodyText()).contains("a=recvonly");
    answerAndHangUp();
  }

  @Test
  void theAnswerOfTheCallWaitsForTheChange() {
    settle();
    update(alice, toSbc, HOLD);
    SipRequest update = bob.expect(Method.UPDATE);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("200"));
    bob.reply(update, 200, HELD);
    assertThat(alice.expect(200).cseq().method()).isEqualTo(Method.UPDATE);
    SipResponse answer = alice.expect(200);
    alice.ack(toSbc, answer, null);
    alice.send(toSbc.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aRefusedChangeLeavesTheSessionAsItWas() {
    settle();
    update(alice, toSbc, HOLD);
    bob.reply(bob.expect(Method.UPDATE), 488, null);
    alice.expect(488);
    bob.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);

    assertThat(answer.bodyText()).contains("m=audio");
    alice.ack(toSbc, answer, null);
    alice.send(toSbc.request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void whoeverCannotBeAskedNowIsAskedOnceTheCallIsAnswered() {
    bob.reply(arrived, 183, ANSWER);
    SipResponse early = alice.expect(183);
    prack(early, null);
    alice.expect(200);
    update(alice, toSbc, HOLD);
    assertThat(alice.expect(200).bodyText()).contains("a=recvonly");
    bob.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    assertThat(answer.bodyLength()).isZero();
    alice.ack(toSbc, answer, null);
    SipRequest hold = bob.expect(Method.INVITE);
    bob.reply(hold, 200, HELD);
    assertThat(hold.bodyText()).contains("a=sendonly");
    alice.send(toSbc.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void bothAtOnceAreTurnedAway() {
    settle();
    update(alice, toSbc, HOLD);
    SipRequest ours = bob.expect(Method.UPDATE);
    update(bob, bob.dialog(arrived), HELD);
    bob.expect(491);
    update(alice, toSbc, HOLD);
    assertThat(alice.expect(500).headers().has(HeaderName.RETRY_AFTER)).isTrue();
    bob.reply(ours, 491, null);
    alice.expect(491);

    busy();
  }

  @Test
  void anOfferBeforeTheFirstIsAnsweredIsTooEarly() {
    update(alice, toSbc, HOLD);
    assertThat(alice.expect(500).headers().has(HeaderName.RETRY_AFTER)).isTrue();
    update(bob, bob.dialog(arrived), HELD);
    bob.expect(491);
    alice.send(toSbc.request(Method.UPDATE));
    assertThat(alice.expect(200).headers().has(HeaderName.CONTACT)).isTrue();

    busy();
  }

  @Test
  void aChangeStillOpenWhenTheCallFailsIsAnswered() {
    settle();
    SipRequest update = update(alice, toSbc, HOLD);
    bob.expect(Method.UPDATE);
    bob.reply(arrived, 486, null);
    SipResponse refusal = alice.expect(486);
    alice.ackFailure(invite, refusal);

    assertThat(alice.expect(487).cseq()).isEqualTo(update.cseq());
  }
}
