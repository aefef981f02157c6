package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.BrowserAnswers.answering;
import static org.drawbridge.media.session.BrowserAnswers.taking;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.EnumSet;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.StreamShape;
import org.junit.jupiter.api.Test;

/** Video from browser to browser: in one bundle with the audio on both legs. */
class VideoTest {

  private static final String TWCC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
  private static final String OFFER =
      sample("chromium-audio-video")
          .replace("a=mid:0\r\n", "a=mid:0\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n")
          .replace(
              "a=mid:1\r\n",
              "a=mid:1\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=extmap:3 "
                  + TWCC
                  + "\r\na=extmap:9 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"
                  + "a=rid:h send\r\na=simulcast:send h\r\n")
          .replace(
              "nack pli\r\n", "nack pli\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 transport-cc\r\n");

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg caller = media.offered("caller", LegKind.WEBRTC, OFFER);
  private final MediaLeg callee = media.leg("callee", LegKind.WEBRTC);

  private String connect() {
    accepts(callee.receiveAnswer(taking(callee.makeOffer(caller))));
    String text = answer(caller, callee);
    media.session.bridge(caller, callee);
    return text;
  }

  @Test
  void isOfferedOnwardInOneBundle() {
    String offer = callee.makeOffer(caller);
    assertThat(mediaLines(offer))
        .containsExactly(
            "m=audio 3478 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
            "m=video 3478 UDP/TLS/RTP/SAVPF 96 97 102 103");
    assertThat(offer)
        .contains(
            "a=group:BUNDLE 0 1\r\n",
            "a=mid:1\r\n",
            "a=fmtp:97 apt=96\r\n",
            "a=rtcp-fb:96 transport-cc\r\n",
            "a=rtcp-fb:96 goog-remb\r\n",
            TWCC,
            "sdes:mid\r\n",
            "a=ssrc-group:FID 1011 1012\r\n",
            "a=ssrc:1011 cname:fake-name\r\n")
        .doesNotContain("1190212345", "ffYwq8x7sQ", "rid", "simulcast", "rtp-stream-id");
  }

  @Test
  void anExtensionOfOneDirectionIsNoneForBoth() {
    String delay = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay\r\n";
    String oneWay = OFFER.replace("a=mid:1\r\n", "a=mid:1\r\na=extmap:1/recvonly " + delay);
    String both = OFFER.replace("a=mid:1\r\n", "a=mid:1\r\na=extmap:1/sendrecv " + delay);
    MediaLeg firefox = media.offered("firefox", LegKind.WEBRTC, oneWay);
    String onward = callee.makeOffer(firefox);
    assertThat(onward).doesNotContain("playout-delay");
    accepts(callee.receiveAnswer(taking(onward)));
    assertThat(answer(firefox, callee)).doesNotContain("playout-delay").contains("sdes:mid");
    MediaLeg chromium = media.offered("chromium", LegKind.WEBRTC, both);
    assertThat(media.leg("other", LegKind.WEBRTC).makeOffer(chromium)).contains(delay);
    assertThat(firefox.makeOffer(chromium)).as("the id is taken").doesNotContain("extmap:1 ");
  }

  @Test
  void isRejectedWhereItHasABundleOfItsOwn() {
    String apart = OFFER.replace("BUNDLE 0 1 2", "BUNDLE 0\r\na=group:BUNDLE 1 2");
    MediaLeg other = media.offered("other", LegKind.WEBRTC, apart);
    accepts(callee.receiveAnswer(taking(callee.makeOffer(caller))));
    String answer = answer(other, callee);
    assertThat(mediaLines(answer).get(1)).startsWith("m=video 0 ");
    assertThat(answer).contains("a=group:BUNDLE 0\r\n");
  }

  @Test
  void goesOnWhenTheAudioIsTurnedOff() {
    connect();
    String silent = OFFER.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1 2", "BUNDLE 1 2");
    accepts(caller.receiveOffer(silent.replace("abQ1", "New1")));
    accepts(callee.receiveAnswer(taking(callee.makeOffer(caller))));
    String answer = answer(caller, callee);
    assertThat(mediaLines(answer).subList(0, 2))
        .containsExactly(
            "m=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
            "m=video 3478 UDP/TLS/RTP/SAVPF 96 97");
    assertThat(answer).contains("a=group:BUNDLE 1\r\n", "a=ice-ufrag:renewed");
    assertThat(transport(caller).remote().receives()).isFalse();
    assertThat(transport(caller).remote().ice()).hasToString("IceCredentials[New1]");
    assertThat(transport(caller).bundled.getFirst().remote().receives()).isTrue();
  }

  @Test
  void noChecksAreExpectedOnceItHasFollowedTheAudio() {
    connect();
    String silent = OFFER.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1 2", "BUNDLE 1 2");
    accepts(caller.receiveOffer(silent));
    answer(caller, null);
    assertThat(transport(caller).remote().ice()).isNotNull();
    accepts(caller.receiveOffer(silent.replace("m=video 9", "m=video 0")));
    answer(caller, null);
    assertThat(transport(caller).remote().ice()).isNull();
    assertThat(transport(caller).bundled.getFirst().remote().receives()).isFalse();
  }

  @Test
  void goesOnWhenAnAnswerTurnsTheAudioOff() {
    connect();
    accepts(caller.receiveOffer(OFFER.replaceFirst("a=sendrecv", "a=inactive")));
    String taken = taking(callee.makeOffer(caller)).replace("m=audio 9", "m=audio 0");
    accepts(callee.receiveAnswer(taken.replace("BUNDLE 0 1", "BUNDLE 1")));
    assertThat(mediaLines(answer(caller, callee)).get(1)).startsWith("m=video 3478 ");
    assertThat(transport(callee).remote().receives()).isFalse();
    assertThat(transport(callee).bundled.getFirst().remote().receives()).isTrue();
    assertThat(caller.reflects(callee)).isTrue();
  }

  @Test
  void mayTakeThePlaceOfTheAudio() {
    String audioOnly = sample("chromium-audio").replace("126", "110");
    MediaLeg one = media.offered("one", LegKind.WEBRTC, audioOnly);
    MediaLeg other = media.leg("other", LegKind.WEBRTC);
    accepts(other.receiveAnswer(taking(other.makeOffer(one))));
    answer(one, other);
    String silent = OFFER.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1 2", "BUNDLE 1");
    accepts(one.receiveOffer(silent));
    String onward = other.makeOffer(one);
    assertThat(mediaLines(onward).get(1)).startsWith("m=video 3478 ");
    accepts(other.receiveAnswer(taking(onward)));
    String answer = answer(one, other);
    assertThat(mediaLines(answer).get(0)).startsWith("m=audio 0 ");
    assertThat(mediaLines(answer).get(1)).startsWith("m=video 3478 ");
    assertThat(answer).contains("a=group:BUNDLE 1\r\n");
    assertThat(transport(one).remote().ice()).hasToString("IceCredentials[abQ1]");
  }

  @Test
  void isAnsweredWithWhatTheOtherTook() {
    String answer = connect();
    assertThat(mediaLines(answer))
        .containsExactly(
            "m=audio 3478 UDP/TLS/RTP/SAVPF 111 63 110",
            "m=video 3478 UDP/TLS/RTP/SAVPF 96 97",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
    assertThat(answer)
        .contains(
            "a=group:BUNDLE 0 1\r\n",
            "a=extmap:3 " + TWCC,
            "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=rtcp-fb:96 nack\r\n",
            "a=rtcp-fb:96 transport-cc\r\n",
            "a=ssrc-group:FID 1011 1012\r\n")
        .doesNotContain("simulcast", "rid:", "rtp-stream-id");
  }

  @Test
  void bothTracksBelongToOneStreamSoThatLipsMoveInTime() {
    var msids =
        connect()
            .lines()
            .filter(line -> line.startsWith("a=msid:"))
            .map(l -> l.split(" "))
            .toList();
    assertThat(msids).hasSize(2);
    assertThat(msids.get(0)[0]).isEqualTo(msids.get(1)[0]);
    assertThat(msids.get(0)[1]).isNotEqualTo(msids.get(1)[1]);
  }

  @Test
  void theTransportLearnsHowToTellBothApart() {
    connect();
    FakeTransport path = transport(caller);
    StreamShape sound = path.shapes.getLast();
    assertThat(sound.mid()).isEqualTo("0");
    assertThat(sound.midExtension()).isEqualTo(4);
    StreamShape picture = path.bundled.getFirst().shapes.getLast();
    assertThat(picture.mid()).isEqualTo("1");
    assertThat(picture.payloadTypes()).containsExactlyInAnyOrder(96, 97);
    assertThat(picture.sources()).containsExactly(1_190_212_345);
    assertThat(picture.feedback())
        .isEqualTo(EnumSet.of(Feedback.NACK, Feedback.PLI, Feedback.REMB, Feedback.TRANSPORT_CC));
  }

  @Test
  void picturesAndTheirRepairsAreJoinedApartFromTheSound() {
    connect();
    FakeMediaPlane.Join join = media.plane.joins.getLast();
    assertThat(join.a()).isSameAs(transport(caller).bundled.getFirst());
    assertThat(join.b()).isSameAs(transport(callee).bundled.getFirst());
    PayloadMap map = join.aToB();
    assertThat(map.isVideo()).isTrue();
    assertThat(map.outgoing(96)).isEqualTo(96);
    assertThat(map.outgoing(97)).isEqualTo(97);
    assertThat(map.outgoing(102)).isEqualTo(-1);
    assertThat(map.clockRate(96)).isEqualTo(90_000);
  }

  @Test
  void oneThatTakesNoVideoLeavesTheCallWithSound() {
    accepts(callee.receiveAnswer(answering(callee.makeOffer(caller), "off")));
    String answer = answer(caller, callee);
    assertThat(mediaLines(answer).get(1)).isEqualTo("m=video 0 UDP/TLS/RTP/SAVPF 96 97 102 103");
    assertThat(answer).contains("a=group:BUNDLE 0\r\n", "a=mid:1\r\n").doesNotContain("extmap");
    media.session.bridge(caller, callee);
    assertThat(media.plane.joins).hasSize(1);
    assertThat(caller.changesOnlyTransport(OFFER)).as("the same again stays rejected").isTrue();
    assertThat(caller.reflects(callee)).isTrue();
  }

  @Test
  void holdingPausesBothAndResumingBringsBothBack() {
    String first = connect();
    accepts(caller.receiveOffer(OFFER.replace("a=sendrecv", "a=sendonly")));
    assertThat(callee.makeOffer(caller)).contains("a=sendonly").doesNotContain("a=sendrecv");
    accepts(callee.receiveAnswer(answering(callee.makeOffer(caller), "recvonly")));
    assertThat(answer(caller, callee)).contains("a=recvonly");
    assertThat(transport(callee).bundled.getFirst().remote().receives()).isTrue();
    assertThat(transport(caller).bundled.getFirst().remote().receives()).isFalse();
    accepts(caller.receiveOffer(OFFER));
    accepts(callee.receiveAnswer(taking(callee.makeOffer(caller))));
    assertThat(mediaLines(answer(caller, callee))).isEqualTo(mediaLines(first));
  }

  @Test
  void videoMayBeAddedAndTakenAwayInACall() {
    String audioOnly = sample("chromium-audio").replace("126", "110");
    MediaLeg one = media.offered("one", LegKind.WEBRTC, audioOnly);
    MediaLeg other = media.leg("other", LegKind.WEBRTC);
    accepts(other.receiveAnswer(taking(other.makeOffer(one))));
    assertThat(mediaLines(answer(one, other))).hasSize(1);

    assertThat(one.changesOnlyTransport(OFFER)).isFalse();
    accepts(one.receiveOffer(OFFER));
    assertThat(other.suits(one)).isFalse();
    String offer = other.makeOffer(one);
    assertThat(mediaLines(offer)).hasSize(2);
    assertThat(offer).contains("a=group:BUNDLE 0 1\r\n");
    accepts(other.receiveAnswer(taking(offer)));
    assertThat(mediaLines(answer(one, other)).get(1)).startsWith("m=video 3478 ");

    accepts(one.receiveOffer(OFFER.replace("m=video 9", "m=video 0")));
    String without = other.makeOffer(one);
    assertThat(mediaLines(without).get(1)).startsWith("m=video 0 ");
    accepts(other.receiveAnswer(taking(without)));
    assertThat(mediaLines(answer(one, other)).get(1)).startsWith("m=video 0 ");
    assertThat(one.reflects(other)).isTrue();

    accepts(one.receiveOffer(OFFER));
    String again = other.makeOffer(one);
    assertThat(mediaLines(again).get(1)).startsWith("m=video 3478 ");
    assertThat(again).as("a line used anew has a new mid").contains("a=group:BUNDLE 0 2\r\n");
  }

  @Test
  void isOfferedUnderTheProfileOfTheAudioWhateverStandsBeforeThat() {
    String[] parts = OFFER.split("(?=m=)");
    MediaLeg data = media.offered("data", LegKind.WEBRTC, parts[0] + parts[3] + parts[1]);
    MediaLeg other = media.offered("other", LegKind.WEBRTC, OFFER);
    assertThat(mediaLines(answer(data, null))).hasSize(2);
    assertThat(mediaLines(data.makeOffer(other)).getLast())
        .isEqualTo("m=video 3478 UDP/TLS/RTP/SAVPF 96 97 102 103");
  }

  @Test
  void soundIsOfferedOnALineOfItsOwnWhereItsLineShowsAPictureNow() {
    connect();
    String[] parts = OFFER.split("(?=m=)");
    String off = parts[2].replace("m=video 9", "m=video 0");
    String shown = parts[2].replace("a=mid:1", "a=mid:3");
    accepts(caller.receiveOffer(parts[0].replace("0 1 2", "3") + shown + off));
    accepts(callee.receiveAnswer(taking(callee.makeOffer(caller))));
    assertThat(mediaLines(answer(caller, callee)).getFirst()).startsWith("m=video 3478 ");
    String offer = caller.makeOffer(callee);
    assertThat(mediaLines(offer)).hasSize(3);
    assertThat(mediaLines(offer).getFirst()).startsWith("m=video 3478 ");
    assertThat(mediaLines(offer).getLast()).startsWith("m=audio 3478 UDP/TLS/RTP/SAVPF 111 ");
    assertThat(offer).contains("a=group:BUNDLE 3 2\r\n");
  }

  @Test
  void videoWithoutABundleIsRejected() {
    String apart = OFFER.replace("BUNDLE 0 1 2", "BUNDLE 0");
    MediaLeg one = media.offered("one", LegKind.WEBRTC, apart);
    MediaLeg other = media.leg("other", LegKind.WEBRTC);
    assertThat(mediaLines(other.makeOffer(one))).hasSize(1);
  }

  @Test
  void aBundleOnlyLineIsOnThoughItsPortIsZero() {
    String bundleOnly =
        OFFER.replace("m=video 9", "m=video 0").replace("a=mid:1", "a=bundle-only\r\na=mid:1");
    String[] media = bundleOnly.split("(?=m=)");
    media[2] = media[2].replaceAll("a=(ice|fingerprint|setup)[^\r]*\r\n", "");
    MediaLeg one = this.media.offered("one", LegKind.WEBRTC, String.join("", media));
    assertThat(mediaLines(this.media.leg("other", LegKind.WEBRTC).makeOffer(one)).get(1))
        .startsWith("m=video 3478 ");
  }

  @Test
  void theSameAnswerIsGivenWithTheFinalResponse() {
    String early = connect();
    assertThat(answer(caller, callee)).isEqualTo(early);
    assertThat(caller.isRefresh(OFFER)).isTrue();
  }
}
