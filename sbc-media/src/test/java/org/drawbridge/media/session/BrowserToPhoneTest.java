package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.attribute;
import static org.drawbridge.media.session.MediaFixture.browserAnswer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.net.InetSocketAddress;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.junit.jupiter.api.Test;

/** The main job: a browser and a phone, each calling the other. */
class BrowserToPhoneTest {

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg browser =
      media.offered("caller", LegKind.WEBRTC, sample("chromium-audio"));
  private final MediaLeg phone = media.leg("callee", LegKind.RTP);

  @Test
  void offersThePhonePlainRtpWithItsCodecs() {
    String offer = phone.makeOffer(browser);
    assertThat(mediaLines(offer)).containsExactly("m=audio 20002 RTP/AVP 9 0 8 13 101");
    assertThat(offer)
        .contains("c=IN IP4 192.0.2.1\r\n", "a=rtpmap:101 telephone-event/8000\r\n", "a=sendrecv")
        .doesNotContain(
            "ice-", "fingerprint", "setup", "mid:", "BUNDLE", "opus", "red/", "rtcp-mux");
  }

  @Test
  void leavesTheUsualPayloadTypeOfEventsToACodecThatHasIt() {
    String sdp = phone("sendrecv", "101 iLBC/8000", "8 PCMA/8000", "96 telephone-event/8000");
    MediaLeg other = media.offered("other", LegKind.RTP, sdp);
    assertThat(media.leg("third", LegKind.RTP).makeOffer(other))
        .contains("a=rtpmap:101 iLBC/8000\r\n", "a=rtpmap:96 telephone-event/8000\r\n");
  }

  @Test
  void answersTheBrowserWithWhatThePhoneTookUnderTheBrowsersPayloadTypes() {
    phone.makeOffer(browser);
    accepts(phone.receiveAnswer(phone("sendrecv", "8 PCMA/8000", "126 telephone-event/8000")));
    String answer = answer(browser, phone);
    assertThat(mediaLines(answer)).containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 8 126");
    assertThat(answer)
        .contains(
            "a=group:BUNDLE 0\r\n",
            "a=ice-lite\r\n",
            "a=mid:0\r\n",
            "a=rtcp-mux\r\n",
            "a=setup:passive\r\n",
            "a=ice-ufrag:loc0\r\n",
            "a=fingerprint:" + FakeMediaPlane.FINGERPRINT + "\r\n",
            "a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host\r\n",
            "a=end-of-candidates\r\n",
            "a=sendrecv\r\n")
        .doesNotContain("extmap", "ssrc", "transport-cc");
    assertThat(attribute(answer, "msid:")).isNotNull();
  }

  @Test
  void tellsEachTransportItsPeer() {
    phone.makeOffer(browser);
    accepts(phone.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));
    answer(browser, phone);
    RemoteMedia toBrowser = transport(browser).remote();
    assertThat(toBrowser.ice()).hasToString("IceCredentials[QxZ9]");
    assertThat(toBrowser.fingerprint()).asString().startsWith("sha-256 6B:8B:F0");
    assertThat(toBrowser.dtlsRole()).isEqualTo(DtlsRole.SERVER);
    assertThat(toBrowser.rtp()).isNull();
    assertThat(toBrowser.rtcpMux()).isTrue();
    RemoteMedia toPhone = transport(phone).remote();
    assertThat(toPhone.rtp()).isEqualTo(new InetSocketAddress("198.51.100.9", 40_000));
    assertThat(toPhone.dtlsRole()).isEqualTo(DtlsRole.NONE);
    assertThat(toPhone.receives()).isTrue();
    assertThat(toPhone.sends()).isTrue();
  }

  @Test
  void mapsPayloadTypesBothWaysWhereThePhoneAnswersWithItsOwn() {
    phone.makeOffer(browser);
    accepts(phone.receiveAnswer(phone("sendrecv", "0 PCMU/8000", "96 telephone-event/8000")));
    answer(browser, phone);
    media.session.bridge(browser, phone);
    FakeMediaPlane.Join join = media.plane.joins.getLast();
    assertThat(join.a()).isSameAs(transport(browser));
    assertThat(join.aToB().outgoing(126)).isEqualTo(96);
    assertThat(join.aToB().outgoing(0)).isZero();
    assertThat(join.aToB().outgoing(111)).isEqualTo(-1);
    assertThat(join.bToA().outgoing(96)).isEqualTo(126);
    assertThat(join.bToA().outgoing(101)).isEqualTo(126);
  }

  @Test
  void offersTheBrowserEverythingJsepAsksFor() {
    MediaLeg desk = media.offered("desk", LegKind.RTP, sample("asterisk-rtp"));
    MediaLeg callee = media.leg("browser", LegKind.WEBRTC);
    String offer = callee.makeOffer(desk);
    assertThat(mediaLines(offer)).containsExactly("m=audio 3478 UDP/TLS/RTP/SAVPF 0 8 101");
    assertThat(offer)
        .contains(
            "a=group:BUNDLE 0\r\n",
            "a=ice-lite\r\n",
            "a=mid:0\r\n",
            "a=rtcp-mux\r\n",
            "a=setup:actpass\r\n",
            "a=ptime:20\r\n",
            "a=maxptime:150\r\n",
            "a=msid:")
        .doesNotContain("G729", "Asterisk", "203.0.113.99");
    accepts(callee.receiveAnswer(browserAnswer(offer, "sendrecv", 0, 101)));
    assertThat(transport(callee).remote().dtlsRole()).isEqualTo(DtlsRole.SERVER);
    assertThat(mediaLines(answer(desk, callee))).containsExactly("m=audio 20004 RTP/AVP 0 101");
  }
}
