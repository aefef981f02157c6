package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.api.LegKind.RTP;
import static org.drawbridge.media.api.LegKind.SDES;
import static org.drawbridge.media.api.LegKind.WEBRTC;
import static org.drawbridge.media.sdp.SdpSamples.media;
import static org.drawbridge.media.sdp.SdpSamples.sample;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.junit.jupiter.api.Test;

/** Which codecs go onward between browsers and phones. */
class CodecPolicyTest {

  private final CodecPolicy policy = CodecPolicy.standard();

  private static List<String> formats(List<Codec> codecs) {
    return codecs.stream().map(Codec::format).toList();
  }

  @Test
  void amongPhonesAndAmongBrowsersAllPasses() {
    List<Codec> asterisk = media(sample("asterisk-rtp")).codecs();
    assertThat(policy.toward(RTP, RTP, asterisk)).isEqualTo(asterisk);
    assertThat(policy.toward(SDES, RTP, asterisk)).isEqualTo(asterisk);
    List<Codec> chromium = media(sample("chromium-audio")).codecs();
    assertThat(policy.toward(WEBRTC, WEBRTC, chromium)).isEqualTo(chromium);
  }

  @Test
  void towardPhonesListedCodecsPassInTheListsOrder() {
    assertThat(formats(policy.toward(RTP, WEBRTC, media(sample("chromium-audio")).codecs())))
        .containsExactly(
            "g722/8000/1", "pcmu/8000/1", "pcma/8000/1", "cn/8000/1", "telephone-event/8000/1");
  }

  @Test
  void towardBrowsersListedCodecsPassInTheListsOrder() {
    assertThat(formats(policy.toward(WEBRTC, RTP, media(sample("asterisk-rtp")).codecs())))
        .containsExactly("pcmu/8000/1", "pcma/8000/1", "telephone-event/8000/1");
    assertThat(formats(policy.toward(WEBRTC, SDES, media(sample("linphone-sdes")).codecs())))
        .containsExactly("opus/48000", "pcmu/8000/1", "pcma/8000/1", "telephone-event/8000/1");
  }

  @Test
  void opusReachesAPhoneWhenThereIsNothingElse() {
    List<Codec> offered =
        List.of(
            new Codec(111, "opus", 48000, 2, null),
            new Codec(63, "red", 48000, 2, "111/111"),
            new Codec(110, "telephone-event", 48000, 1, null),
            new Codec(126, "telephone-event", 8000, 1, null));
    assertThat(formats(policy.toward(RTP, WEBRTC, offered)))
        .containsExactly("opus/48000", "telephone-event/48000/1");
  }

  @Test
  void whatTheListDoesNotKnowIsBetterThanNothing() {
    List<Codec> offered = List.of(new Codec(18, "G729", 8000, 1, "annexb=no"));
    assertThat(policy.toward(WEBRTC, RTP, offered)).isEqualTo(offered);
  }

  @Test
  void withoutAnOfferTheListIsOffered() {
    assertThat(formats(policy.everything(WEBRTC)))
        .containsExactly(
            "opus/48000",
            "g722/8000/1",
            "pcmu/8000/1",
            "pcma/8000/1",
            "telephone-event/48000/1",
            "telephone-event/8000/1");
    assertThat(formats(policy.everything(RTP)))
        .containsExactly("g722/8000/1", "pcmu/8000/1", "pcma/8000/1", "telephone-event/8000/1");
    assertThat(formats(new CodecPolicy(List.of("X"), List.of("X")).everything(SDES)))
        .containsExactly("pcmu/8000/1", "pcma/8000/1", "telephone-event/8000/1");
  }
}
