package org.drawbridge.media.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.attribute;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;

import java.util.List;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.media.audio.Tone;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.TranscodingLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sides that share no codec are offered ours beside each other's. */
class TranscodedCallTest {

  private static final String[] WIDE = {"9 G722/8000", "101 telephone-event/8000"};
  private static final int OPUS = 111;

  private final MediaFixture media = new MediaFixture();
  private final TranscodingLimit limit = media.engine.transcodings();

  @BeforeEach
  void allowOne() {
    CodecPolicy policy = CodecPolicy.standard();
    media.engine.codecs(new CodecPolicy(policy.webrtc(), policy.rtp(), 1));
  }

  @Test
  void oursComeAfterTheCallersAndTheAnswerDecides() {
    MediaLeg caller = media.offered("caller", LegKind.RTP, phone("sendrecv", WIDE));
    MediaLeg browser = media.leg("callee", LegKind.WEBRTC);
    String offer = browser.makeOffer(caller);
    assertThat(mediaLines(offer).getFirst()).startsWith("m=audio 3478 UDP/TLS/RTP/SAVPF 9 ");
    assertThat(offer).contains("a=rtpmap:111 opus/48000/2", "PCMA/8000", "telephone-event/48000");

    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", OPUS)));
    assertThat(mediaLines(answer(caller, browser))).containsExactly("m=audio 20000 RTP/AVP 9 101");
    media.session.bridge(caller, browser);

    assertThat(limit.active()).isEqualTo(1);
    assertThat(caller.reflects(browser)).isTrue();
    assertThat(browser.reflects(caller)).isTrue();
    media.session.close();
    assertThat(limit.active()).isZero();
    assertThat(limit.total()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"ptime:10,10", "maxptime:10,10", "ptime:20,20", "ptime:60,20", "maxptime:240,20"})
  void ourPacketsAreNoLongerThanThePeerTakes(String says, int millis) {
    String offer = phone("sendrecv", WIDE) + "a=" + says + "\r\n";
    MediaLeg caller = media.offered("caller", LegKind.RTP, offer);
    MediaLeg browser = media.leg("callee", LegKind.WEBRTC);
    accepts(browser.receiveAnswer(browserAnswer(browser.makeOffer(caller), "sendrecv", OPUS)));
    answer(caller, browser);
    media.session.bridge(caller, browser);
    PayloadMap toCaller = media.plane.joins.getLast().bToA();
    assertThat(requireNonNull(toCaller.transcoding()).millis()).isEqualTo(millis);

    Tone beep = requireNonNull(Tone.parse("425/100"));
    media.session.play(caller, new Prompt.Beep(beep, 1));
    assertThat(media.plane.played.getLast().millis()).isEqualTo(millis);
  }

  @Test
  void aSharedCodecIsNotTranscoded() {
    MediaLeg caller = media.offered("caller", LegKind.RTP, phone("sendrecv", WIDE));
    MediaLeg browser = media.leg("callee", LegKind.WEBRTC);
    String offer = browser.makeOffer(caller);
    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", 9, OPUS)));
    assertThat(mediaLines(answer(caller, browser))).containsExactly("m=audio 20000 RTP/AVP 9 101");
    media.session.bridge(caller, browser);
    assertThat(limit.active()).isZero();
  }

  /** Whoever decodes for another in packets of 20 ms has nothing to fill the pauses with. */
  @Test
  void aPeerWhoseAudioIsTranscodedIsNotAskedToFallSilent() {
    String offer =
        phone("sendrecv", "96 opus/48000/2") + "a=fmtp:96 minptime=10; usedtx=1;useinbandfec=1\r\n";
    MediaLeg caller = media.offered("caller", LegKind.RTP, offer);
    MediaLeg trunk = media.leg("callee", LegKind.RTP);
    trunk.makeOffer(caller);
    accepts(trunk.receiveAnswer(phone("sendrecv", "8 PCMA/8000")));
    assertThat(attribute(answer(caller, trunk), "fmtp:96"))
        .isEqualTo(" minptime=10;useinbandfec=1");
  }

  @Test
  void aCodecLimitHoldsForOursToo() {
    MediaLeg caller = media.offered("caller", LegKind.RTP, phone("sendrecv", WIDE));
    MediaLeg trunk = media.leg("callee", LegKind.RTP);
    trunk.limitCodecs(List.of("PCMA"));
    assertThat(trunk.canOffer(caller)).isTrue();
    assertThat(mediaLines(trunk.makeOffer(caller))).containsExactly("m=audio 20002 RTP/AVP 8 101");
  }

  @Test
  void whatWeCannotDecodeIsOfferedAlone() {
    MediaLeg caller = media.offered("caller", LegKind.RTP, phone("sendrecv", "18 G729/8000"));
    assertThat(mediaLines(media.leg("callee", LegKind.RTP).makeOffer(caller)))
        .containsExactly("m=audio 20002 RTP/AVP 18 101");
  }

  @Test
  void beyondTheLimitTheAnswerSaysWhy() {
    assertThat(limit.seat().take()).isTrue();
    MediaLeg caller = media.offered("caller", LegKind.RTP, phone("sendrecv", WIDE));
    MediaLeg browser = media.leg("callee", LegKind.WEBRTC);
    String offer = browser.makeOffer(caller);
    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", OPUS)));
    AnswerOutcome.Refused refused = (AnswerOutcome.Refused) caller.makeAnswer(browser);
    assertThat(refused.status()).isEqualTo(488);
    assertThat(refused.reason()).contains("no shared codec", "no more calls may be transcoded now");
    assertThat(limit.refused()).isEqualTo(1);
  }
}
