package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EarlyMediaTest {

  private static final String OFFER = Sdps.browserOffer("192.0.2.11");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipResponse heardFromBob(SipRequest arrived, String sdp) {
    bob.reply(arrived, 183, sdp);
    return alice.expect(183);
  }

  @Test
  void theEarlyAnswerIsRepeatedByteForByte() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipResponse early = heardFromBob(arrived, Sdps.phone("192.0.2.22", 4000));
    assertThat(early.bodyText()).contains("UDP/TLS/RTP/SAVPF");
    assertThat(lab.plane().joins()).hasSize(1);
    bob.reply(arrived, 180, null);
    SipResponse ringing = alice.expect(180);
    bob.reply(arrived, 200, Sdps.phone("192.0.2.99", 5000, 2, "sendrecv"));
    SipResponse answer = alice.expect(200);

    assertThat(ringing.bodyText()).isEqualTo(early.bodyText());
    assertThat(answer.bodyText()).isEqualTo(early.bodyText());
    assertThat(answer.toTag()).isEqualTo(early.toTag());
    alice.endAnswered(invite, answer, bob);
  }

  @Test
  void anAnswerWithoutSdpAfterEarlyMediaIsCompletedForTheCaller() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipResponse early = heardFromBob(arrived, Sdps.phone("192.0.2.22", 4000));
    bob.reply(arrived, 200, null);
    SipResponse answer = alice.expect(200);

    assertThat(answer.bodyText()).isEqualTo(early.bodyText());
    alice.endAnswered(invite, answer, bob);
  }

  @Test
  void whoAnswersWithAnotherCodecThanItAnnouncedIsBroughtInLineAfterTheAnswer() {
    String pcmu = Sdps.phone("192.0.2.22", 4000).replace("RTP/AVP 0 8 101", "RTP/AVP 0 101");
    String pcma = Sdps.phone("192.0.2.22", 4000).replace("RTP/AVP 0 8 101", "RTP/AVP 8 101");
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipResponse early = heardFromBob(arrived, pcmu);
    bob.reply(arrived, 200, pcma);
    SipResponse answer = alice.expect(200);
    assertThat(answer.bodyText())
        .isEqualTo(early.bodyText())
        .contains("PCMU")
        .doesNotContain("PCMA");
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    SipRequest reinvite = alice.expect(Method.INVITE);
    assertThat(reinvite.bodyText()).contains("PCMA").doesNotContain("PCMU");
    alice.reply(reinvite, 200, Sdps.browserAnswer("192.0.2.11"));
    alice.expect(Method.ACK);
    alice.send(dialog.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void earlyMediaAndThenRefusal() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    heardFromBob(arrived, Sdps.phone("192.0.2.22", 4000));
    bob.reply(arrived, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  /** A phone in early media makes no ringing tone of its own any more. */
  @Test
  void whoHasHeardOneTrunkHearsTheNextOneRing() {
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("+442079460000", OFFER);
    SipRequest atFirst = first.expect(Method.INVITE);
    first.reply(atFirst, 183, Sdps.phone("203.0.113.1", 4000));
    alice.expect(183);
    first.reply(atFirst, 180, null);
    assertThat(lab.plane().played()).isEmpty();
    first.reply(atFirst, 500, null);
    SipRequest atSecond = second.expect(Method.INVITE);
    second.reply(atSecond, 180, null);
    second.reply(atSecond, 180, null);
    assertThat(lab.plane().played()).hasSize(1);
    assertThat(lab.plane().quieted()).isZero();

    second.reply(atSecond, 200, Sdps.phone("203.0.113.2", 4000));
    assertThat(lab.plane().quieted()).isEqualTo(1);
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, second);
  }

  @Test
  void theToneEndsWithTheEarlyMediaOfTheNextOne() {
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("+442079460000", OFFER);
    SipRequest atFirst = first.expect(Method.INVITE);
    first.reply(atFirst, 183, Sdps.phone("203.0.113.1", 4000));
    first.reply(atFirst, 500, null);
    SipRequest atSecond = second.expect(Method.INVITE);
    second.reply(atSecond, 180, null);
    second.reply(atSecond, 183, Sdps.phone("203.0.113.2", 4000));
    assertThat(lab.plane().played()).hasSize(1);
    assertThat(lab.plane().quieted()).isEqualTo(1);
    assertThat(lab.plane().joins()).hasSize(2);
    second.reply(atSecond, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  /** RFC 3960 section 3.2: the phone makes no tone itself, as the 180 repeats the description. */
  @Test
  void whoDescribesEarlyMediaAndThenRingsWithoutAnyIsHeardToRingUntilItBegins() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    heardFromBob(arrived, Sdps.phone("192.0.2.22", 4000));
    lab.advance(5_000);
    assertThat(lab.plane().played()).as("nobody rings").isEmpty();
    bob.reply(arrived, 180, null);
    alice.expect(180);
    lab.advance(900);
    assertThat(lab.plane().played()).as("it may be on its way").isEmpty();
    lab.advance(200);
    assertThat(lab.plane().played()).hasSize(1);
    lab.plane().open().getLast().listener().onStarted();
    lab.settle();
    assertThat(lab.plane().quieted()).isEqualTo(1);
    bob.reply(arrived, 180, null);
    lab.plane().open().getLast().hear();
    lab.advance(2_000);
    assertThat(lab.plane().played()).hasSize(1);

    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4000));
    alice.endAnswered(invite, alice.expect(200), bob);
  }

  @Test
  void whoIsHeardToRingByOurToneIsHeardOnceItAnswers() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    heardFromBob(arrived, Sdps.phone("192.0.2.22", 4000));
    bob.reply(arrived, 180, null);
    alice.expect(180);
    lab.advance(1_100);
    assertThat(lab.plane().played()).hasSize(1);
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4000));
    assertThat(lab.plane().quieted()).isEqualTo(1);

    alice.endAnswered(invite, alice.expect(200), bob);
  }

  /** Whether the description comes first, last, or with the ringing. */
  @ParameterizedTest
  @CsvSource({"true,180,false", "false,180,true", "false,183,true"})
  void silenceIsNoRingingWheneverItWasDescribed(boolean before, int status, boolean described) {
    String sdp = Sdps.phone("192.0.2.22", 4000);
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, before ? 183 : 180, before ? sdp : null);
    alice.expect(before ? 183 : 180);
    bob.reply(arrived, status, described ? sdp : null);
    alice.expect(status);
    lab.advance(1_100);
    assertThat(lab.plane().played()).hasSize(1);
    bob.reply(arrived, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void whoRingsWithTheMediaItDescribedIsHeardItself() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    heardFromBob(arrived, Sdps.phone("192.0.2.22", 4000));
    lab.plane().open().getLast().hear();
    bob.reply(arrived, 180, null);
    alice.expect(180);
    lab.advance(5_000);
    assertThat(lab.plane().played()).isEmpty();
    bob.reply(arrived, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }
}
