package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.attribute;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.media.audio.Tone;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.sdp.SdpSamples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold and resume from either side, in each form peers write it. */
class HoldTest {

  private static final String BROWSER = sample("chromium-audio");
  private static final String[] CODECS = {"0 PCMU/8000", "126 telephone-event/8000"};

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg browser = media.offered("browser", LegKind.WEBRTC, BROWSER);
  private final MediaLeg desk = media.leg("desk", LegKind.RTP);

  @BeforeEach
  void talk() {
    desk.makeOffer(browser);
    accepts(desk.receiveAnswer(phone("sendrecv", CODECS)));
    answer(browser, desk);
  }

  private static String direction(String sdp) {
    return SdpSamples.media(sdp).direction().attribute();
  }

  private static void expects(MediaLeg leg, boolean receives, boolean sends) {
    RemoteMedia remote = transport(leg).remote();
    assertThat(remote.receives()).as("receives").isEqualTo(receives);
    assertThat(remote.sends()).as("expected to send").isEqualTo(sends);
  }

  @ParameterizedTest
  @CsvSource({
    "sendonly, recvonly, recvonly",
    "sendonly, inactive, inactive",
    "inactive, inactive, inactive",
    "recvonly, sendonly, sendonly",
    "sendrecv, sendonly, sendonly",
    // A phone that ignores the hold does not undo it.
    "sendonly, sendrecv, recvonly",
    "inactive, sendrecv, inactive"
  })
  void theBrowserHolds(String offered, String phoneAnswers, String answered) {
    accepts(browser.receiveOffer(BROWSER.replace("a=sendrecv", "a=" + offered)));
    assertThat(direction(desk.makeOffer(browser))).isEqualTo(offered);
    accepts(desk.receiveAnswer(phone(phoneAnswers, CODECS)));
    assertThat(direction(answer(browser, desk))).isEqualTo(answered);
    boolean browserHears = answered.equals("sendrecv") || answered.equals("sendonly");
    expects(browser, browserHears, false);
    expects(desk, answered.equals("recvonly"), false);
  }

  @ParameterizedTest
  @CsvSource({"sendonly, recvonly", "inactive, inactive"})
  void thePhoneHolds(String offered, String answered) {
    accepts(desk.receiveOffer(phone(offered, CODECS)));
    String toBrowser = browser.makeOffer(desk);
    assertThat(direction(toBrowser)).isEqualTo(offered);
    accepts(browser.receiveAnswer(MediaFixture.browserAnswer(toBrowser, answered, 0, 126)));
    assertThat(direction(answer(desk, browser))).isEqualTo(answered);
    expects(desk, false, false);
  }

  @Test
  void anOldPhoneHoldsByAnAddressOfZeros() {
    String hold = phone("sendrecv", CODECS).replace("IP4 198.51.100.9\r\nt=", "IP4 0.0.0.0\r\nt=");
    accepts(desk.receiveOffer(hold));
    String toBrowser = browser.makeOffer(desk);
    assertThat(direction(toBrowser)).isEqualTo("sendonly");
    accepts(browser.receiveAnswer(MediaFixture.browserAnswer(toBrowser, "recvonly", 0, 126)));
    String toDesk = answer(desk, browser);
    assertThat(direction(toDesk)).isEqualTo("recvonly");
    assertThat(toDesk).as("our own address stays").contains("c=IN IP4 192.0.2.1\r\n");
    expects(desk, false, false);
    assertThat(transport(desk).remote().rtp()).isNull();
  }

  @Test
  void zerosInABrowsersDescriptionAreNoHold() {
    assertThat(direction(browser.makeOffer(desk))).isEqualTo("sendrecv");
    String answer = MediaFixture.browserAnswer(browser.makeOffer(desk), "sendrecv", 0);
    assertThat(answer).contains("c=IN IP4 0.0.0.0");
    accepts(browser.receiveAnswer(answer));
    expects(browser, true, true);
  }

  @Test
  void resumesAfterHold() {
    theBrowserHolds("sendonly", "recvonly", "recvonly");
    accepts(browser.receiveOffer(BROWSER));
    assertThat(direction(desk.makeOffer(browser))).isEqualTo("sendrecv");
    accepts(desk.receiveAnswer(phone("sendrecv", CODECS)));
    assertThat(direction(answer(browser, desk))).isEqualTo("sendrecv");
    expects(browser, true, true);
    expects(desk, true, true);
  }

  @Test
  void anOfferlessReinviteOfTheHolderCanResume() {
    theBrowserHolds("sendonly", "recvonly", "recvonly");
    String toHolder = browser.makeOffer(desk);
    assertThat(direction(toHolder))
        .as("the held phone answered recvonly only because it was asked to")
        .isEqualTo("sendrecv");
    accepts(browser.receiveAnswer(MediaFixture.browserAnswer(toHolder, "sendrecv", 0, 126)));
    assertThat(direction(desk.makeOffer(browser))).isEqualTo("sendrecv");
  }

  @Test
  void aHeldPhoneThatRepeatsItselfStillWantsToTalk() {
    theBrowserHolds("sendonly", "recvonly", "recvonly");
    String refresh = phone("recvonly", CODECS);
    assertThat(desk.changesOnlyTransport(refresh)).isTrue();
    accepts(desk.receiveOffer(refresh));
    assertThat(direction(answer(desk, browser))).isEqualTo("sendonly");
    assertThat(direction(browser.makeOffer(desk))).isEqualTo("sendrecv");
  }

  @Test
  void bothHold() {
    theBrowserHolds("sendonly", "recvonly", "recvonly");
    accepts(desk.receiveOffer(phone("inactive", CODECS)));
    String toBrowser = browser.makeOffer(desk);
    assertThat(direction(toBrowser)).isEqualTo("inactive");
    accepts(browser.receiveAnswer(MediaFixture.browserAnswer(toBrowser, "inactive", 0, 126)));
    assertThat(direction(answer(desk, browser))).isEqualTo("inactive");
    assertThat(direction(browser.makeOffer(desk)))
        .as("the phone's own hold stands when the browser resumes")
        .isEqualTo("sendonly");
  }

  @Test
  void anOfferlessReinviteDoesNotUndoTheOthersHold() {
    thePhoneHolds("sendonly", "recvonly");
    assertThat(direction(browser.makeOffer(desk))).isEqualTo("sendonly");
    assertThat(direction(desk.makeOffer(browser)))
        .as("the holder itself may resume")
        .isEqualTo("sendrecv");
  }

  @Test
  void holdKeepsPortsAndKeysAndRaisesTheVersionByOne() {
    String before = String.valueOf(browser.localDescription());
    theBrowserHolds("sendonly", "recvonly", "recvonly");
    String held = String.valueOf(browser.localDescription());
    assertThat(held.lines().filter(line -> line.startsWith("m=")).toList())
        .isEqualTo(before.lines().filter(line -> line.startsWith("m=")).toList());
    assertThat(attribute(held, "ice-pwd:")).isEqualTo(attribute(before, "ice-pwd:"));
    assertThat(attribute(held, "setup:")).isEqualTo(attribute(before, "setup:"));
    assertThat(Origins.version(held)).isEqualTo(Origins.version(before) + 1);
    assertThat(Origins.sessionId(held)).isEqualTo(Origins.sessionId(before));
  }

  /** A PBX moves whom we hold to a phone with another codec. */
  @Test
  void musicGoesOnInTheCodecThatIsAgreedLater() {
    accepts(browser.receiveOffer(BROWSER.replace("a=sendrecv", "a=sendonly")));
    desk.makeOffer(browser);
    accepts(desk.receiveAnswer(phone("recvonly", CODECS)));
    answer(browser, desk);
    media.session.bridge(browser, desk);
    Tone tone = new Tone(List.of(new Tone.Part(List.of(440), 1000)));
    media.session.play(desk, new Prompt.Beep(tone, 100));
    media.session.bridge(browser, desk);
    assertThat(media.plane.played).extracting(Playback::payloadType).containsExactly(0);

    accepts(desk.receiveOffer(phone("recvonly", "8 PCMA/8000")));
    String offer = browser.makeOffer(desk);
    accepts(browser.receiveAnswer(MediaFixture.browserAnswer(offer, "sendonly", 8)));
    answer(desk, browser);
    media.session.bridge(browser, desk);
    assertThat(media.plane.played).extracting(Playback::payloadType).containsExactly(0, 8);
  }

  /** An announcement or a ringing tone of ours, while nobody is there at the other end. */
  @Test
  void whatIsPlayedToOneAloneFollowsItsCodecToo() {
    MediaLeg alone = media.offered("alone", LegKind.RTP, phone("sendrecv", "0 PCMU/8000"));
    answer(alone, null);
    media.session.play(alone, Prompt.tone("425/200,0/100", 3));
    accepts(alone.receiveOffer(phone("sendrecv", "8 PCMA/8000", "0 PCMU/8000")));
    answer(alone, null);
    assertThat(media.plane.played).as("it still takes the other").hasSize(1);
    accepts(alone.receiveOffer(phone("sendrecv", "8 PCMA/8000")));
    answer(alone, null);
    assertThat(media.plane.played).extracting(Playback::payloadType).containsExactly(0, 8);
  }
}
