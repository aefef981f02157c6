package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;

import java.util.Base64;
import org.drawbridge.media.api.LegKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a peer carries media follows from its description alone. */
class LegKindsTest {

  private static final String FINGERPRINT = "sha-256 " + "AA:".repeat(31) + "BB";

  private final MediaFixture media = new MediaFixture();

  @ParameterizedTest
  @CsvSource({
    "chromium-audio, WEBRTC",
    "chromium-audio-video, WEBRTC",
    "firefox-audio, WEBRTC",
    "baresip-rtp, RTP",
    "sipp-g711, RTP",
    "asterisk-rtp, RTP",
    "legacy-lf, RTP",
    "linphone-sdes, SDES"
  })
  void knowsRealClients(String sample, LegKind kind) {
    assertThat(media.engine.kindOf(sample(sample))).isEqualTo(kind);
    media.offered("peer", kind, sample(sample));
  }

  @Test
  void whoSendsNoChecksIsAServer() {
    String lite = sample("chromium-audio").replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n");
    assertThat(media.engine.kindOf(lite)).isEqualTo(LegKind.WEBRTC_SERVER);
    media.offered("peer", LegKind.WEBRTC_SERVER, lite);
    assertThat(LegKind.WEBRTC_SERVER.word()).isEqualTo(LegKind.WEBRTC.word()).isEqualTo("webrtc");
    assertThat(media.engine.kindOf(sample("asterisk-rtp").replace("m=", "a=ice-lite\r\nm=")))
        .isEqualTo(LegKind.RTP);
  }

  @ParameterizedTest
  @CsvSource({
    "RTP/AVP, RTP",
    "RTP/AVPF, RTP",
    "RTP/SAVP, SDES",
    "RTP/SAVPF, SDES",
    "UDP/TLS/RTP/SAVPF, DTLS",
    "UDP/TLS/RTP/SAVP, DTLS",
    "rtp/savp, SDES"
  })
  void knowsEachProfile(String protocol, LegKind kind) {
    assertThat(media.engine.kindOf("v=0\r\nm=audio 9 " + protocol + " 0\r\n")).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"RTP/AVPF", "RTP/SAVPF", "RTP/AVP"})
  void iceAndFingerprintMeanABrowserUnderAnyProfile(String protocol) {
    String sdp =
        "v=0\r\nm=audio 9 "
            + protocol
            + " 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:"
            + "p".repeat(24)
            + "\r\na=fingerprint:"
            + FINGERPRINT
            + "\r\na=rtcp-mux\r\na=setup:actpass\r\n";
    assertThat(media.engine.kindOf(sdp)).isEqualTo(LegKind.WEBRTC);
    media.offered("peer", LegKind.WEBRTC, sdp);
  }

  /**
   * Who leaves encryption to us and cannot multiplex is served without ICE or DTLS, not refused.
   */
  @ParameterizedTest
  @CsvSource({
    "RTP/AVP, RTP",
    "RTP/AVPF, RTP",
    "RTP/SAVP, SDES",
    "RTP/SAVPF, SDES",
    "UDP/TLS/RTP/SAVPF, DTLS"
  })
  void whatCannotBeABrowsersIsTakenForWhatElseItOffers(String protocol, LegKind kind) {
    String key = Base64.getEncoder().encodeToString(new byte[30]);
    String sdp =
        "v=0\r\nc=IN IP4 198.51.100.9\r\nm=audio 4000 "
            + (protocol + " 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:" + "p".repeat(24))
            + ("\r\na=fingerprint:" + FINGERPRINT + "\r\na=setup:actpass\r\n")
            + ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + key + "\r\n");
    assertThat(media.engine.kindOf(sdp)).isEqualTo(kind);
    media.offered("peer", kind, sdp);
  }

  @Test
  void looksPastMediaThatIsOffOrNoAudio() {
    String sdp = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=audio 0 RTP/AVP 0\r\n";
    assertThat(media.engine.kindOf(sdp + "m=audio 9 RTP/SAVP 0\r\n")).isEqualTo(LegKind.SDES);
    assertThat(media.engine.kindOf(sdp)).isEqualTo(LegKind.RTP);
    assertThat(media.engine.kindOf("nonsense")).isEqualTo(LegKind.RTP);
  }
}
