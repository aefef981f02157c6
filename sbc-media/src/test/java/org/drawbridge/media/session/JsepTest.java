package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.parsed;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.attribute;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SessionDescription;
import org.drawbridge.media.sdp.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions toward browsers are such as a browser takes (RFC 8829). */
class JsepTest {

  private static final String WITH_VIDEO = sample("chromium-audio-video");

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg browser = media.leg("browser", LegKind.WEBRTC);

  private String answered(String offer) {
    accepts(browser.receiveOffer(offer));
    return answer(browser, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium-audio", "chromium-audio-video", "firefox-audio"})
  void anAnswerMirrorsTheOffer(String name) {
    SessionDescription offer = parsed(sample(name));
    SessionDescription answer = parsed(answered(sample(name)));
    assertThat(answer.media()).hasSameSizeAs(offer.media());
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      MediaDescription answered = answer.media().get(i);
      assertThat(answered.type()).isEqualTo(offered.type());
      assertThat(answered.protocol()).isEqualTo(offered.protocol());
      assertThat(answered.mid()).isEqualTo(offered.mid());
      assertThat(answered.formats()).isNotEmpty().isSubsetOf(offered.formats());
      boolean carried = answered.port() != 0;
      assertThat(carried).isEqualTo(offered.type().equals("audio"));
      assertThat(answer.bundles(String.valueOf(answered.mid()))).isEqualTo(carried);
    }
    MediaDescription audio = answer.media().getFirst();
    assertThat(audio.rtcpMux()).isTrue();
    assertThat(audio.ice()).isNotNull();
    assertThat(audio.fingerprint()).isNotNull();
    assertThat(answer.session().has("ice-lite")).isTrue();
  }

  @Test
  void videoAndDataAreRejectedInPlace() {
    assertThat(mediaLines(answered(WITH_VIDEO)))
        .containsExactly(
            "m=audio 3478 UDP/TLS/RTP/SAVPF 111 9 0 8 13 110 126",
            "m=video 0 UDP/TLS/RTP/SAVPF 96 97 102 103",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
  }

  @Test
  void ourLaterOfferKeepsRejectedMediaInPlace() {
    answered(WITH_VIDEO);
    String offer = browser.makeOffer(null);
    assertThat(mediaLines(offer))
        .containsExactly(
            "m=audio 3478 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126",
            "m=video 0 UDP/TLS/RTP/SAVPF 96 97 102 103",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
    assertThat(offer).contains("a=group:BUNDLE 0\r\n", "a=mid:1\r\n", "a=setup:actpass\r\n");
    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", 111, 126)));
  }

  /** As Chromium's are: aiortc, werift and GStreamer take no description without. */
  @Test
  void rejectedMediaHasWhatManyStacksDemandOfEveryLine() {
    SessionDescription answer = parsed(answered(WITH_VIDEO));
    SessionDescription offer = parsed(browser.makeOffer(null));
    assertThat(answer.media()).allSatisfy(line -> assertComplete(line, answer, Setup.PASSIVE));
    assertThat(offer.media()).allSatisfy(line -> assertComplete(line, offer, Setup.ACTPASS));
    MediaDescription video = answer.media().get(1);
    assertThat(video.codecs()).isEqualTo(withoutFeedback(parsed(WITH_VIDEO).media().get(1)));
    assertThat(video.own().has("candidate")).as("nobody is to connect for it").isFalse();
  }

  private static void assertComplete(MediaDescription line, SessionDescription whole, Setup setup) {
    MediaDescription audio = whole.media().getFirst();
    assertThat(line.ice()).isNotNull().isEqualTo(audio.ice());
    assertThat(line.fingerprint()).isNotNull().isEqualTo(audio.fingerprint());
    assertThat(line.setup()).isEqualTo(setup);
    assertThat(line.rtcpMux()).isEqualTo(!line.type().equals("application"));
  }

  private static List<Codec> withoutFeedback(MediaDescription media) {
    return media.codecs().stream().map(codec -> codec.withFeedback(List.of())).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "actpass, passive, SERVER",
    "active, passive, SERVER",
    "passive, active, CLIENT",
    "holdconn, passive, SERVER"
  })
  void setupFollowsTheOffer(String offered, String answered, DtlsRole role) {
    String answer = answered(WITH_VIDEO.replace("a=setup:actpass", "a=setup:" + offered));
    assertThat(attribute(answer, "setup:")).isEqualTo(answered);
    assertThat(transport(browser).remote().dtlsRole()).isEqualTo(role);
  }

  @Test
  void anEstablishedDtlsRoleStaysWhenTheChoiceIsOurs() {
    answered(WITH_VIDEO.replace("a=setup:actpass", "a=setup:passive"));
    String again = answered(WITH_VIDEO.replace("a=sendrecv", "a=recvonly"));
    assertThat(attribute(again, "setup:")).isEqualTo("active");
    assertThat(transport(browser).remote().dtlsRole()).isEqualTo(DtlsRole.CLIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "a=setup:active, SERVER",
    "a=setup:passive, CLIENT",
    "a=setup:actpass, CLIENT",
    "a=setup:holdconn, SERVER",
    "a=setup:whatever, CLIENT",
    "a=nothing, CLIENT"
  })
  void whoeverDoesNotStartDtlsIsStartedWith(String answered, DtlsRole role) {
    String offer = browser.makeOffer(null);
    accepts(
        browser.receiveAnswer(
            browserAnswer(offer, "sendrecv", 111).replace("a=setup:active", answered)));
    assertThat(transport(browser).remote().dtlsRole()).isEqualTo(role);
  }

  @Test
  void anEstablishedDtlsRoleStaysWhereALaterAnswerDoesNotChoose() {
    answered(WITH_VIDEO);
    String offer = browser.makeOffer(null);
    accepts(
        browser.receiveAnswer(
            browserAnswer(offer, "sendrecv", 111).replace("setup:active", "setup:actpass")));
    assertThat(transport(browser).remote().dtlsRole()).isEqualTo(DtlsRole.SERVER);
  }

  @Test
  void anotherTlsIdIsNoRefreshAndNeverReachesTheOtherSide() {
    String id = "a=tls-id:91bbf309c0990a6bec11e38ba2933cee\r\n";
    String named = WITH_VIDEO.replace("a=setup:actpass\r\n", "a=setup:actpass\r\n" + id);
    answered(named);
    String renamed = named.replace("cee\r\n", "cef\r\n");
    assertThat(browser.isRefresh(named)).isTrue();
    assertThat(browser.isRefresh(renamed)).isFalse();
    assertThat(browser.changesOnlyTransport(renamed)).isTrue();
    assertThat(answered(renamed)).doesNotContain("2933c");
    assertThat(transport(browser).remote().tlsId()).isEqualTo("91bbf309c0990a6bec11e38ba2933cef");
  }

  @Test
  void theBrowserMayOfferAgainWithItsRejectedVideoTurnedOff() {
    String first = answered(WITH_VIDEO);
    String again = WITH_VIDEO.replace("m=video 9", "m=video 0").replace("BUNDLE 0 1 2", "BUNDLE 0");
    assertThat(browser.isRefresh(again)).isFalse();
    assertThat(browser.changesOnlyTransport(again)).isTrue();
    assertThat(answered(again)).as("the answer has not changed").isEqualTo(first);
  }

  @Test
  void addedMediaIsRejectedAndRemovedAudioCanComeBack() {
    String audioOnly = sample("chromium-audio");
    String first = answered(audioOnly);
    String off = audioOnly.replace("m=audio 54400", "m=audio 0").replace("BUNDLE 0", "BUNDLE");
    String second = answered(off);
    assertThat(mediaLines(second))
        .containsExactly("m=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126");
    assertThat(second).doesNotContain("BUNDLE");
    assertThat(transport(browser).remote().receives()).isFalse();
    assertThat(transport(browser).remote().ice()).as("no checks are expected").isNull();
    assertThat(mediaLines(answered(audioOnly))).isEqualTo(mediaLines(first));
    assertThat(transport(browser).remote().receives()).isTrue();
  }

  @Test
  void removedAudioThatWeOfferAgainHasANewMid() {
    String audioOnly = sample("chromium-audio");
    answered(audioOnly);
    answered(audioOnly.replace("m=audio 54400", "m=audio 0").replace("BUNDLE 0", "BUNDLE"));
    String offer = browser.makeOffer(null);
    assertThat(offer).contains("a=group:BUNDLE 1\r\n", "a=mid:1\r\n").contains("m=audio 3478 ");
    accepts(browser.receiveAnswer(browserAnswer(offer, "sendrecv", 111)));
    assertThat(browser.makeOffer(null)).as("it stays then").contains("a=mid:1\r\n");
  }

  @Test
  void audioOnTheTransportOfADataChannelIsTakenFromIt() {
    String data =
        "a=group:BUNDLE data 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
            + "c=IN IP4 0.0.0.0\r\na=ice-ufrag:abQ1\r\na=ice-pwd:9Qf1u0xYjD0oQ3S2c9XvWm3K\r\n"
            + ("a=fingerprint:sha-256 " + "11:".repeat(31) + "08\r\n")
            + "a=setup:actpass\r\na=mid:data\r\na=sctp-port:5000\r\n";
    String sound = "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=bundle-only\r\na=mid:0\r\n";
    String shown = "m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\na=mid:1\r\na=rtcp-mux\r\n";
    String head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    String opus = "a=rtpmap:111 opus/48000/2\r\n";
    String all = head + data.replace("data 0", "data 0 1") + sound + opus + shown;
    assertThat(mediaLines(answered(all)))
        .containsExactly(
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
            "m=audio 3478 UDP/TLS/RTP/SAVPF 111",
            "m=video 0 UDP/TLS/RTP/SAVPF 96");
    assertThat(mediaLines(answered(head + data + sound + "a=rtcp-mux\r\n" + opus)).getLast())
        .isEqualTo("m=audio 3478 UDP/TLS/RTP/SAVPF 111");
  }

  @Test
  void withoutABundleGroupNoneIsAnswered() {
    assertThat(answered(WITH_VIDEO.replace("a=group:BUNDLE 0 1 2\r\n", "")))
        .doesNotContain("a=group");
    assertThat(browser.makeOffer(null)).doesNotContain("a=group");
  }

  @Test
  void streamIdsAreOursAndOnlyThereWhenWeSend() {
    String sending = answered(WITH_VIDEO);
    String msid = String.valueOf(attribute(sending, "msid:"));
    assertThat(msid).matches("[0-9a-f]{32} [0-9a-f]{32}");
    assertThat(answered(WITH_VIDEO.replace("a=sendrecv", "a=sendonly"))).doesNotContain("msid");
    assertThat(attribute(answered(WITH_VIDEO), "msid:")).isEqualTo(msid);
  }

  /** werift hears nobody else; browsers offer mids and need no name of the only source. */
  @Test
  void ourSourceIsNamedToWhoKnowsNoMids() {
    String offer = sample("chromium-audio");
    assertThat(answered(offer)).doesNotContain("a=ssrc:");
    String plain = offer.replaceAll("a=extmap:[^\r\n]*\r\n", "");
    assertThat(answered(plain)).contains("a=ssrc:1001 cname:fake-name\r\n");
    assertThat(answered(plain.replace("a=sendrecv", "a=sendonly"))).doesNotContain("a=ssrc:");
  }

  @Test
  void whoHasOurSourceByItsNameHasItInOurOffersToo() {
    String plain = sample("chromium-audio").replaceAll("a=extmap:[^\r\n]*\r\n", "");
    MediaFixture call = new MediaFixture();
    MediaLeg leg = call.offered("peer", LegKind.WEBRTC, plain);
    MediaFixture.answer(leg, null);
    assertThat(leg.makeOffer(null)).contains("a=ssrc:1001 cname:fake-name\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a=rtcp-mux, rtcp-mux",
    "a=ice-ufrag:QxZ9, ICE credentials",
    "a=fingerprint:sha-256, fingerprint"
  })
  void saysWhatABrowserOfferLacks(String line, String reason) {
    String offer = sample("chromium-audio").replaceAll(line + "[^\r]*\r\n", "");
    assertThat(browser.receiveOffer(offer))
        .isInstanceOfSatisfying(
            SdpOutcome.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(488);
              assertThat(refused.reason()).contains(reason);
            });
  }

  @Test
  void aPeerThatWaitsForChecksAsWeDoIsRefusedAtOnce() {
    String lite = sample("chromium-audio").replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n");
    assertThat(browser.receiveOffer(lite))
        .isEqualTo(
            new SdpOutcome.Refused(488, "an ICE-lite peer sends no checks, and neither do we"));
  }

  @Test
  void feedbackPassesOnlyWhereItTravels() {
    MediaLeg other = media.leg("other", LegKind.WEBRTC);
    String offer = sample("chromium-audio").replace("111 transport-cc", "111 nack");
    accepts(browser.receiveOffer(offer));
    String onward = other.makeOffer(browser);
    assertThat(onward).contains("a=rtcp-fb:111 nack\r\n");
    assertThat(other.makeOffer(media.offered("x", LegKind.WEBRTC, sample("chromium-audio"))))
        .doesNotContain("rtcp-fb");
  }

  @Test
  void redundancyPassesBetweenBrowsersUnderTheSameTypes() {
    MediaLeg other = media.leg("other", LegKind.WEBRTC);
    accepts(browser.receiveOffer(sample("chromium-audio")));
    String onward = other.makeOffer(browser);
    accepts(other.receiveAnswer(browserAnswer(onward, "sendrecv", 111, 63, 110)));
    String back = answer(browser, other);
    assertThat(mediaLines(back)).isEqualTo(List.of("m=audio 3478 UDP/TLS/RTP/SAVPF 111 63 110"));
    assertThat(back).contains("a=fmtp:63 111/111\r\n");
  }
}
