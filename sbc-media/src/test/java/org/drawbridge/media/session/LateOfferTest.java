package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;

import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.junit.jupiter.api.Test;

/** Calls that come without a description, and re-INVITEs without one (RFC 3725, RFC 6337). */
class LateOfferTest {

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg caller = media.leg("caller", LegKind.RTP);
  private final MediaLeg callee = media.leg("callee", LegKind.WEBRTC);

  @Test
  void offersAllThatABrowserMayUse() {
    assertThat(mediaLines(callee.makeOffer(null)))
        .containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 111 9 0 8 110 101");
    assertThat(callee.makeOffer(caller))
        .as("a source that has said nothing is no source")
        .isEqualTo(callee.localDescription());
  }

  @Test
  void theCalleesAnswerBecomesTheOfferToTheCaller() {
    String toCallee = callee.makeOffer(null);
    accepts(callee.receiveAnswer(browserAnswer(toCallee, "sendrecv", 9, 0, 101)));
    String toCaller = caller.makeOffer(callee);
    assertThat(mediaLines(toCaller)).containsExactly("m=audio 20000 RTP/AVP 9 0 101");
    accepts(caller.receiveAnswer(phone("sendrecv", "0 PCMU/8000", "96 telephone-event/8000")));
    media.session.bridge(caller, callee);
    assertThat(media.plane.joins.getLast().aToB().outgoing(101)).isEqualTo(101);
    assertThat(media.plane.joins.getLast().bToA().outgoing(101)).isEqualTo(96);
    assertThat(media.plane.joins.getLast().bToA().outgoing(9)).isEqualTo(-1);
  }

  @Test
  void theCalleesOwnOfferIsAnsweredWhenTheCallerHasAnswered() {
    MediaLeg desk = media.offered("desk", LegKind.RTP, phone("sendrecv", "8 PCMA/8000"));
    String toCaller = caller.makeOffer(desk);
    assertThat(mediaLines(toCaller)).containsExactly("m=audio 20000 RTP/AVP 8 101");
    accepts(caller.receiveAnswer(phone("sendrecv", "8 PCMA/8000")));
    assertThat(mediaLines(answer(desk, caller))).containsExactly("m=audio 20004 RTP/AVP 8");
  }

  @Test
  void anAnswerThatRejectsTheAudioIsRefused() {
    caller.makeOffer(null);
    assertThat(caller.receiveAnswer(phone("sendrecv", "0 PCMU/8000").replace("40000", "0")))
        .isEqualTo(new SdpOutcome.Refused(488, "the answer rejects the audio"));
    assertThat(caller.receiveAnswer("v=0\r\ns=-\r\n"))
        .isEqualTo(new SdpOutcome.Refused(488, "the answer lacks the audio that was offered"));
    assertThat(caller.receiveAnswer(phone("sendrecv", "3 GSM/8000")))
        .isInstanceOf(SdpOutcome.Refused.class);
    accepts(caller.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));
  }

  @Test
  void anAnswerToNothingIsRefused() {
    assertThat(caller.receiveAnswer(phone("sendrecv", "0 PCMU/8000")))
        .isEqualTo(new SdpOutcome.Refused(400, "an answer to no offer"));
  }
}
