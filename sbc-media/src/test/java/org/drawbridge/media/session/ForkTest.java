package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.junit.jupiter.api.Test;

/** Several branches answer one offer; what the caller was told once stays true. */
class ForkTest {

  private static final String EVENTS = "126 telephone-event/8000";

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg caller = media.offered("caller", LegKind.WEBRTC, sample("chromium-audio"));
  private final MediaLeg desk = media.leg("desk", LegKind.RTP);
  private final MediaLeg browser = media.leg("browser", LegKind.WEBRTC);

  @Test
  void eachBranchIsOfferedWhatSuitsItsKind() {
    assertThat(mediaLines(desk.makeOffer(caller)))
        .containsExactly("m=audio 20002 RTP/AVP 9 0 8 13 101");
    assertThat(mediaLines(browser.makeOffer(caller)))
        .containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126");
  }

  @Test
  void earlyMediaAndFinalAnswerAreTheSameText() {
    desk.makeOffer(caller);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000", EVENTS)));
    String early = answer(caller, desk);
    int applied = transport(caller).applied.size();
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000", EVENTS)));
    assertThat(answer(caller, desk)).isEqualTo(early);
    assertThat(transport(caller).applied).as("learning is not re-armed").hasSize(applied);
    assertThat(transport(desk).applied).hasSize(1);
  }

  @Test
  void anotherWinnerWithMoreCodecsLeavesTheAnswerAsItWas() {
    desk.makeOffer(caller);
    String toBrowser = browser.makeOffer(caller);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000", EVENTS)));
    String early = answer(caller, desk);
    accepts(browser.receiveAnswer(browserAnswer(toBrowser, "sendrecv", 111, 0, 126)));
    assertThat(answer(caller, browser)).isEqualTo(early);
  }

  @Test
  void aWinnerWithOtherCodecsNeedsANewVersionOfTheAnswer() {
    desk.makeOffer(caller);
    String toBrowser = browser.makeOffer(caller);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000", EVENTS)));
    String early = answer(caller, desk);
    accepts(browser.receiveAnswer(browserAnswer(toBrowser, "sendrecv", 111, 110)));
    String last = answer(caller, browser);
    assertThat(mediaLines(last)).containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 111 110");
    assertThat(Origins.version(last)).isEqualTo(Origins.version(early) + 1);
    media.session.bridge(caller, browser);
    assertThat(media.plane.joins.getLast().aToB().outgoing(111)).isEqualTo(111);
    assertThat(media.plane.joins.getLast().aToB().outgoing(0)).isEqualTo(-1);
  }

  @Test
  void aBranchTriedAfterTheAnswerIsOfferedOnlyWhatTheAnswerHeld() {
    desk.makeOffer(caller);
    accepts(desk.receiveAnswer(phone("sendrecv", "8 PCMA/8000", EVENTS)));
    String early = answer(caller, desk);
    MediaLeg trunk = media.leg("trunk", LegKind.RTP);
    assertThat(mediaLines(trunk.makeOffer(caller))).containsExactly("m=audio 20006 RTP/AVP 8 101");
    accepts(trunk.receiveAnswer(phone("sendrecv", "8 PCMA/8000", "101 telephone-event/8000")));
    assertThat(answer(caller, trunk)).isEqualTo(early);
  }

  @Test
  void aSecondEarlyAnswerOfOneBranchReplacesTheFirst() {
    desk.makeOffer(caller);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));
    accepts(
        desk.receiveAnswer(
            phone("sendrecv", "8 PCMA/8000").replace("198.51.100.9", "198.51.100.77")));
    assertThat(transport(desk).remote().rtp()).hasToString("/198.51.100.77:40000");
    assertThat(mediaLines(answer(caller, desk)))
        .containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 8 126");
  }

  @Test
  void refusesNamingBothListsWhenNothingIsShared() {
    MediaLeg phone = media.offered("phone", LegKind.RTP, phone("sendrecv", "18 G729/8000"));
    desk.makeOffer(caller);
    accepts(desk.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));
    assertThat(phone.makeAnswer(desk))
        .isEqualTo(
            new AnswerOutcome.Refused(
                488, "no shared codec: phone offers [G729/8000], desk takes [PCMU/8000]"));
    assertThat(phone.isNegotiated()).isFalse();
  }
}
