package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.BrowserAnswers.taking;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones with a screen: video on ports of its own, beside browsers and other phones. */
class VideoPhoneTest {

  private static final String BROWSER =
      sample("chromium-audio-video")
          .replace("96 nack pli\r\n", "96 nack pli\r\na=rtcp-fb:* nack pli\r\n");
  private static final String SOUND = phone("sendrecv", "0 PCMU/8000");
  private static final String PICTURE = "m=video 40002 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n";
  private static final String BASELINE =
      "a=fmtp:99 profile-level-id=42801F;packetization-mode=1\r\n";

  private final MediaFixture media = new MediaFixture();

  private MediaLeg phoneLeg() {
    return media.leg("phone", LegKind.RTP);
  }

  /** The transport of a phone's video, the last that was opened. */
  private FakeTransport videoPorts() {
    return media.plane.opened.getLast();
  }

  @Test
  void aPhoneIsOfferedVideoOnPortsOfItsOwnWithoutRepairs() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, BROWSER);
    String offer = phoneLeg().makeOffer(browser);
    assertThat(mediaLines(offer))
        .containsExactly("m=audio 20002 RTP/AVP 9 0 8 13 101", "m=video 20004 RTP/AVP 96 102");
    assertThat(offer)
        .contains("a=rtcp-fb:* nack pli\r\n", "profile-level-id=42001f")
        .doesNotContain("rtx", "goog-remb", "transport-cc", "extmap", "mid:", "BUNDLE", "ssrc");
  }

  @Test
  void aPhonesAnswerReachesTheBrowser() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, BROWSER);
    MediaLeg desk = phoneLeg();
    desk.makeOffer(browser);
    String h264 =
        PICTURE.replace("99", "102")
            + "a=fmtp:102 packetization-mode=1;profile-level-id=42000c\r\na=rtcp-fb:* ccm fir\r\n";
    accepts(desk.receiveAnswer(SOUND + h264));
    String toBrowser = answer(browser, desk);
    assertThat(mediaLines(toBrowser).get(1)).isEqualTo("m=video 3478 UDP/TLS/RTP/SAVPF 102");
    assertThat(toBrowser).contains("profile-level-id=42000c").doesNotContain("a=rtpmap:103");
    assertThat(videoPorts().remote().rtp()).hasToString("/198.51.100.9:40002");
    assertThat(videoPorts().shapes.getLast().feedback()).containsExactly(Feedback.FIR);
    media.session.bridge(browser, desk);
    assertThat(media.plane.joins.getLast().b()).isSameAs(videoPorts());
    assertThat(media.plane.joins.getLast().aToB().outgoing(103)).isEqualTo(-1);
  }

  @Test
  void aProfileOfItsOwnUnderTheOfferedNumberIsForgiven() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, BROWSER);
    MediaLeg desk = phoneLeg();
    desk.makeOffer(browser);
    String other = PICTURE.replace("99", "102") + "a=fmtp:102 profile-level-id=640028\r\n";
    accepts(desk.receiveAnswer(SOUND + other));
    assertThat(answer(browser, desk))
        .as("the browser hears of the profile it offered")
        .contains("m=video 3478 UDP/TLS/RTP/SAVPF 102\r\n", "profile-level-id=42001f");
  }

  /**
   * Which of the formats it offered, H.264 of both modes, a browser is told when a phone answers.
   */
  private String chosen(String parameters) {
    String whole =
        "a=rtpmap:104 H264/90000\r\n"
            + "a=fmtp:104 packetization-mode=0;profile-level-id=42001f\r\n";
    String both =
        BROWSER
            .replace("97 102 103", "97 102 103 104")
            .replace("a=rtpmap:102", whole + "a=rtpmap:102");
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, both);
    MediaLeg desk = phoneLeg();
    desk.makeOffer(browser);
    String answer = PICTURE.replace("99", "102") + "a=fmtp:102 " + parameters + "\r\n";
    accepts(desk.receiveAnswer(SOUND + answer));
    String line = mediaLines(answer(browser, desk)).get(1);
    media.session.bridge(browser, desk);
    return line;
  }

  /** RFC 6184 section 8.2.2: both ends use the same mode; 0 is what it is without. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "packetization-mode=0;profile-level-id=42001f",
        "profile-level-id=42001f",
        "packetization-mode=0;profile-level-id=640028",
        "profile-level-id=640028"
      })
  void aPhoneThatTakesNoFragmentsIsSentNone(String parameters) {
    assertThat(chosen(parameters)).isEqualTo("m=video 3478 UDP/TLS/RTP/SAVPF 104");
    assertThat(media.plane.joins.getLast().aToB().outgoing(104)).isEqualTo(102);
    assertThat(media.plane.joins.getLast().bToA().outgoing(102)).isEqualTo(104);
  }

  @Test
  void aPhoneThatTakesFragmentsIsSentThemWhateverItsProfile() {
    assertThat(chosen("packetization-mode=1;profile-level-id=640028"))
        .isEqualTo("m=video 3478 UDP/TLS/RTP/SAVPF 102");
  }

  @Test
  void theBrowserIsOfferedWhatAPhoneShows() {
    MediaLeg desk =
        media.offered(
            "desk",
            LegKind.RTP,
            SOUND + PICTURE + "b=TIAS:512000\r\n" + BASELINE + "a=rtcp-fb:99 ccm fir\r\n");
    MediaLeg browser = media.leg("browser", LegKind.WEBRTC);
    String offer = browser.makeOffer(desk);
    assertThat(mediaLines(offer))
        .containsExactly(
            "m=audio 3478 UDP/TLS/RTP/SAVPF 0 101", "m=video 3478 UDP/TLS/RTP/SAVPF 99");
    assertThat(offer)
        .contains("a=group:BUNDLE 0 1\r\n", "a=rtcp-fb:99 ccm fir\r\n", "b=AS:512\r\n")
        .doesNotContain("ssrc-group", "nack");
    accepts(browser.receiveAnswer(taking(offer)));
    assertThat(mediaLines(answer(desk, browser)).get(1)).isEqualTo("m=video 20004 RTP/AVP 99");
  }

  /** Another phone that sees and hears this one, and is seen and heard. */
  private MediaLeg seenBy(MediaLeg one) {
    MediaLeg other = phoneLeg();
    other.makeOffer(one);
    accepts(other.receiveAnswer(SOUND + PICTURE));
    answer(one, other);
    return other;
  }

  @Test
  void theirPictureGoesOnWhenTheyTurnTheirSoundOff() {
    MediaLeg one = media.offered("one", LegKind.RTP, SOUND + PICTURE);
    MediaLeg other = seenBy(one);
    accepts(one.receiveOffer(SOUND.replace("m=audio 40000", "m=audio 0") + PICTURE));
    String onward = other.makeOffer(one);
    assertThat(onward.lines().filter(line -> line.startsWith("m=") || line.startsWith("a=in")))
        .containsExactly("m=audio 20002 RTP/AVP 0 101", "a=inactive", "m=video 20004 RTP/AVP 99");
    accepts(other.receiveAnswer(SOUND.replace("sendrecv", "inactive") + PICTURE));
    assertThat(mediaLines(answer(one, other)))
        .containsExactly("m=audio 0 RTP/AVP 0", "m=video 20006 RTP/AVP 99");
    media.session.bridge(one, other);
    assertThat(transport(one).remote().receives()).isFalse();
    assertThat(videoPorts().remote().receives()).isTrue();
    assertThat(media.plane.joins.getLast().a()).isSameAs(videoPorts());
    accepts(one.receiveOffer(SOUND + PICTURE));
    other.makeOffer(one);
    accepts(other.receiveAnswer(SOUND + PICTURE));
    assertThat(mediaLines(answer(one, other)))
        .containsExactly("m=audio 20000 RTP/AVP 0", "m=video 20006 RTP/AVP 99");
    assertThat(transport(one).remote().receives()).isTrue();
  }

  @Test
  void aPictureIsOfferedUnderTheProfileOfTheSoundThatIsCarried() {
    String refused = SOUND.replace("m=audio", "m=audio 40004 RTP/SAVP 0\r\nm=audio");
    MediaLeg one = media.offered("one", LegKind.RTP, refused);
    assertThat(mediaLines(answer(one, null)).getFirst()).isEqualTo("m=audio 0 RTP/SAVP 0");
    MediaLeg other = media.offered("other", LegKind.RTP, SOUND + PICTURE);
    assertThat(mediaLines(one.makeOffer(other)).getLast()).endsWith(" RTP/AVP 99");
  }

  @Test
  void aLineThatHasBecomeSomethingElseIsNotTakenForTheirPicture() {
    MediaLeg one = media.offered("one", LegKind.RTP, SOUND + PICTURE);
    MediaLeg other = seenBy(one);
    accepts(one.receiveOffer(SOUND + "m=text 40002 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n"));
    answer(one, other);
    accepts(other.receiveOffer(SOUND + PICTURE));
    assertThat(mediaLines(one.makeOffer(other)))
        .containsExactly(
            "m=audio 20000 RTP/AVP 0 101", "m=text 0 RTP/AVP 98", "m=video 20006 RTP/AVP 99");
  }

  @Test
  void aPictureMayTakeThePlaceOfTheirSound() {
    MediaLeg one = media.offered("one", LegKind.RTP, SOUND);
    MediaLeg other = phoneLeg();
    other.makeOffer(one);
    accepts(other.receiveAnswer(SOUND));
    answer(one, other);
    accepts(one.receiveOffer(SOUND.replace("m=audio 40000", "m=audio 0") + PICTURE));
    assertThat(mediaLines(other.makeOffer(one)))
        .containsExactly("m=audio 20002 RTP/AVP 0 101", "m=video 20004 RTP/AVP 99");
    accepts(other.receiveAnswer(SOUND.replace("sendrecv", "inactive") + PICTURE));
    assertThat(mediaLines(answer(one, other)))
        .containsExactly("m=audio 0 RTP/AVP 0", "m=video 20006 RTP/AVP 99");
  }

  @Test
  void aPictureIsShownToOneThatAnswersWithoutSound() {
    MediaLeg one = media.offered("one", LegKind.RTP, SOUND + PICTURE);
    MediaLeg other = seenBy(one);
    accepts(one.receiveOffer(SOUND.replace("sendrecv", "inactive") + PICTURE));
    other.makeOffer(one);
    accepts(other.receiveAnswer(SOUND.replace("m=audio 40000", "m=audio 0") + PICTURE));
    String answer = answer(one, other);
    assertThat(mediaLines(answer))
        .containsExactly("m=audio 20000 RTP/AVP 0", "m=video 20006 RTP/AVP 99");
    assertThat(answer).contains("a=inactive\r\n", "a=sendrecv\r\n");
    media.session.bridge(one, other);
    assertThat(media.plane.joins.getLast().a()).isSameAs(videoPorts());
    assertThat(videoPorts().remote().receives()).isTrue();
  }

  @Test
  void theSameNumberMayMeanSoundAndPicture() {
    String offer = phone("sendrecv", "96 opus/48000/2") + PICTURE.replace("99", "96");
    MediaLeg desk = media.offered("desk", LegKind.RTP, offer);
    MediaLeg browser = media.leg("browser", LegKind.WEBRTC);
    List<String> lines = mediaLines(browser.makeOffer(desk));
    String sound = lines.get(0).substring(lines.get(0).lastIndexOf(' '));
    assertThat(lines.get(1)).as("in a bundle it may not").doesNotEndWith(sound);
    accepts(browser.receiveAnswer(taking(browser.makeOffer(desk))));
    assertThat(mediaLines(answer(desk, browser)))
        .containsExactly("m=audio 20000 RTP/AVP 96", "m=video 20004 RTP/AVP 96");
  }

  @Test
  void encryptedPhonesHaveKeysForEach() {
    MediaLeg alice = media.offered("alice", LegKind.SDES, SdpSamples.sample("linphone-sdes"));
    MediaLeg desk = phoneLeg();
    desk.makeOffer(alice);
    accepts(desk.receiveAnswer(SOUND + PICTURE.replace("99", "97")));
    String text = answer(alice, desk);
    assertThat(mediaLines(text))
        .containsExactly("m=audio 20000 RTP/SAVP 0 101", "m=video 20006 RTP/SAVP 97");
    assertThat(text.lines().filter(line -> line.startsWith("a=crypto:1 ")).distinct()).hasSize(2);
    assertThat(videoPorts().remote().sdes()).isNotNull();
  }

  @Test
  void aPhoneHoldsItsPictureByAnAddressOfZerosToo() {
    MediaLeg desk = media.offered("desk", LegKind.RTP, SOUND + PICTURE + BASELINE);
    MediaLeg browser = media.leg("browser", LegKind.WEBRTC);
    accepts(browser.receiveAnswer(taking(browser.makeOffer(desk))));
    answer(desk, browser);
    String held = (SOUND + PICTURE + BASELINE).replace("c=IN IP4 198.51.100.9", "c=IN IP4 0.0.0.0");
    accepts(desk.receiveOffer(held));
    assertThat(browser.makeOffer(desk)).contains("a=sendonly").doesNotContain("a=sendrecv");
  }

  @Test
  void withoutAFreePortACallGoesWithoutVideo() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, BROWSER);
    MediaLeg desk = phoneLeg();
    media.plane.exhausted = true;
    assertThat(mediaLines(desk.makeOffer(browser))).hasSize(1);
    accepts(desk.receiveAnswer(SOUND));
    assertThat(mediaLines(answer(browser, desk)).get(1)).startsWith("m=video 0 ");
  }

  @Test
  void allPortsAreGivenBack() {
    MediaLeg browser = media.offered("browser", LegKind.WEBRTC, BROWSER);
    MediaLeg desk = phoneLeg();
    desk.makeOffer(browser);
    media.session.release(desk);
    media.session.release(browser);
    assertThat(media.plane.opened).hasSize(3).allMatch(port -> port.closed);
    assertThat(transport(browser).bundled).allMatch(stream -> stream.closed);
  }

  @Test
  void withNobodyToShowItToVideoRests() {
    MediaLeg desk = media.offered("desk", LegKind.RTP, SOUND + PICTURE + BASELINE);
    MediaLeg other = media.leg("other", LegKind.RTP);
    other.makeOffer(desk);
    accepts(other.receiveAnswer(SOUND + PICTURE + BASELINE));
    answer(desk, other);
    String alone = desk.makeOffer(null);
    assertThat(mediaLines(alone).get(1)).isEqualTo("m=video 20006 RTP/AVP 99");
    assertThat(SdpSamples.parsed(alone).media().get(1).direction()).isEqualTo(Direction.INACTIVE);
  }

  /** What it asks of a phone without feedback becomes an INFO (RFC 5168). */
  @Test
  void aBrowserMayAskAnyPhoneForAWholePicture() {
    MediaLeg desk = media.offered("desk", LegKind.RTP, SOUND + PICTURE + BASELINE);
    MediaLeg browser = media.leg("browser", LegKind.WEBRTC);
    assertThat(browser.makeOffer(desk)).contains("a=rtcp-fb:99 nack pli\r\n");

    MediaLeg caller = media.offered("caller", LegKind.WEBRTC, BROWSER);
    MediaLeg other = phoneLeg();
    other.makeOffer(caller);
    accepts(other.receiveAnswer(SOUND + PICTURE.replace("99", "102") + BASELINE));
    assertThat(answer(caller, other)).contains("a=rtcp-fb:102 nack pli\r\n");
    assertThat(other.askForPicture()).isTrue();
  }
}
