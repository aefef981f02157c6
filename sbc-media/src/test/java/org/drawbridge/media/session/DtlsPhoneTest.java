package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.attribute;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.Base64;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that key SRTP by DTLS and have no ICE (RFC 5763, RFC 5764). */
class DtlsPhoneTest {

  private static final String HASH = "sha-256 " + "AA:".repeat(31) + "BB";

  private final MediaFixture media = new MediaFixture();

  private static String dtls(String protocol, String setup) {
    return phone("sendrecv", "0 PCMU/8000").replace("RTP/AVP", protocol)
        + ("a=fingerprint:" + HASH + "\r\na=setup:" + setup + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "UDP/TLS/RTP/SAVP, actpass, passive, SERVER",
    "UDP/TLS/RTP/SAVPF, active, passive, SERVER",
    "RTP/SAVP, passive, active, CLIENT",
    "RTP/SAVPF, actpass, passive, SERVER"
  })
  void anOfferIsAnsweredWithoutIce(String protocol, String setup, String ours, DtlsRole role) {
    String offer = dtls(protocol, setup);
    MediaLeg leg = media.offered("phone", media.engine.kindOf(offer), offer);
    String text = answer(leg, null);
    assertThat(leg.kind()).isEqualTo(LegKind.DTLS);
    assertThat(mediaLines(text)).containsExactly("m=audio 20000 " + protocol + " 0");
    assertThat(attribute(text, "setup:")).isEqualTo(ours);
    assertThat(attribute(text, "fingerprint:")).startsWith("sha-256 ");
    assertThat(text).doesNotContain("a=ice", "a=candidate", "a=rtcp-mux", "a=mid");
    assertThat(transport(leg).remote().dtlsRole()).isEqualTo(role);
    assertThat(transport(leg).remote().rtp()).isNotNull();
    assertThat(transport(leg).remote().rtcpMux()).isFalse();
    assertThat(answer(media.offered("two", LegKind.DTLS, offer + "a=rtcp-mux\r\n"), null))
        .contains("a=rtcp-mux");
  }

  @Test
  void ourOfferLeavesTheRolesOpenAndMultiplexingToThePhone() {
    MediaLeg leg = media.leg("phone", LegKind.DTLS);
    String offer = leg.makeOffer(null);
    assertThat(mediaLines(offer).getFirst()).startsWith("m=audio 20000 UDP/TLS/RTP/SAVP ");
    assertThat(offer).contains("a=setup:actpass", "a=rtcp-mux", "a=fingerprint:");
    accepts(leg.receiveAnswer(dtls("UDP/TLS/RTP/SAVP", "active")));
    assertThat(transport(leg).remote().dtlsRole()).isEqualTo(DtlsRole.SERVER);
    assertThat(transport(leg).remote().rtcpMux()).isFalse();
    assertThat(leg.makeOffer(null)).contains("a=setup:actpass").doesNotContain("a=rtcp-mux");
  }

  @Test
  void anAnswerWithoutAFingerprintIsRefused() {
    MediaLeg leg = media.leg("phone", LegKind.DTLS);
    leg.makeOffer(null);
    assertThat(leg.receiveAnswer(phone("sendrecv", "0 PCMU/8000").replace("AVP", "SAVP")))
        .isInstanceOf(SdpOutcome.Refused.class);
    assertThat(leg.receiveAnswer(phone("sendrecv", "0 PCMU/8000")))
        .isInstanceOf(SdpOutcome.Refused.class);
  }

  @Test
  void aPhoneMayChangeFromOneFormToAnotherInACall() {
    String plain = phone("sendrecv", "0 PCMU/8000");
    MediaLeg leg = media.offered("phone", LegKind.RTP, plain);
    answer(leg, null);
    accepts(leg.receiveOffer(dtls("UDP/TLS/RTP/SAVP", "actpass")));
    assertThat(answer(leg, null)).contains(" UDP/TLS/RTP/SAVP 0", "a=setup:passive");
    assertThat(transport(leg).remote().fingerprint()).isNotNull();

    String key = Base64.getEncoder().encodeToString(new byte[30]);
    accepts(
        leg.receiveOffer(
            dtls("RTP/SAVP", "actpass") + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + key));
    assertThat(answer(leg, null)).contains(" RTP/SAVP 0", "a=crypto:1 ").doesNotContain("a=setup");
    assertThat(transport(leg).remote().fingerprint()).isNull();

    accepts(leg.receiveOffer(plain));
    assertThat(answer(leg, null)).contains(" RTP/AVP 0").doesNotContain("a=crypto", "a=setup");
  }

  @Test
  void iceWithoutRtcpMuxIsAnsweredAtTheAddressItNames() {
    String offer =
        dtls("UDP/TLS/RTP/SAVPF", "actpass")
            + ("a=ice-ufrag:abcd\r\na=ice-pwd:" + "p".repeat(24) + "\r\n");
    MediaLeg leg = media.offered("phone", media.engine.kindOf(offer), offer);
    assertThat(answer(leg, null)).doesNotContain("a=ice").contains("a=setup:passive");
    assertThat(media.engine.kindOf(offer.replace("m=audio 40000", "m=audio 9")))
        .isEqualTo(LegKind.WEBRTC);
  }

  @Test
  void aHeldPhoneKeepsItsKeys() {
    MediaLeg leg = media.offered("phone", LegKind.DTLS, dtls("UDP/TLS/RTP/SAVP", "actpass"));
    answer(leg, null);
    String held = dtls("UDP/TLS/RTP/SAVP", "active").replace("sendrecv", "sendonly");
    accepts(leg.receiveOffer(held));
    assertThat(answer(leg, null)).contains("a=recvonly", "a=setup:passive");
    assertThat(transport(leg).remote().dtlsRole()).isEqualTo(DtlsRole.SERVER);
    leg.makeOffer(null);
    accepts(leg.receiveAnswer(dtls("UDP/TLS/RTP/SAVP", "active")));
    assertThat(transport(leg).remote().dtlsRole()).isEqualTo(DtlsRole.SERVER);
  }
}
