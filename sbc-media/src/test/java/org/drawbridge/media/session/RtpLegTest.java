package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.plane.RemoteMedia;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions toward phones with plain RTP. */
class RtpLegTest {

  private final MediaFixture media = new MediaFixture();

  @Test
  void answersBaresipWithItsMultiplexing() {
    MediaLeg leg = media.offered("desk", LegKind.RTP, sample("baresip-rtp"));
    assertThat(answer(leg, null).lines().skip(2))
        .containsExactly(
            "s=-",
            "c=IN IP4 192.0.2.1",
            "t=0 0",
            "m=audio 20000 RTP/AVP 9 0 8 97",
            "a=rtpmap:9 G722/8000",
            "a=rtpmap:0 PCMU/8000",
            "a=rtpmap:8 PCMA/8000",
            "a=rtpmap:97 telephone-event/8000",
            "a=fmtp:97 0-15",
            "a=sendrecv",
            "a=rtcp-mux");
    RemoteMedia remote = transport(leg).remote();
    assertThat(remote.rtcpMux()).isTrue();
    assertThat(remote.rtp()).hasToString("/198.51.100.20:20480");
    assertThat(remote.rtcp()).isNull();
  }

  @Test
  void offersMultiplexingOnlyWhereThePeerHasAskedForIt() {
    MediaLeg leg = media.leg("desk", LegKind.RTP);
    assertThat(leg.makeOffer(null)).doesNotContain("rtcp-mux");
    accepts(leg.receiveAnswer(phone("sendrecv", "0 PCMU/8000") + "a=rtcp-mux\r\n"));
    assertThat(transport(leg).remote().rtcpMux()).as("we did not offer it").isFalse();
    accepts(leg.receiveOffer(phone("sendrecv", "0 PCMU/8000") + "a=rtcp-mux\r\n"));
    answer(leg, null);
    assertThat(leg.makeOffer(null)).contains("a=rtcp-mux\r\n");
  }

  @Test
  void passesOnWhereThePeerTakesRtcp() {
    MediaLeg leg =
        media.offered("desk", LegKind.RTP, phone("sendrecv", "0 PCMU/8000") + "a=rtcp:40777\r\n");
    answer(leg, null);
    assertThat(transport(leg).remote().rtcp()).hasToString("/198.51.100.9:40777");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RTP/AVP", "RTP/AVPF"})
  void answersInTheProfileOffered(String protocol) {
    String offer = phone("sendrecv", "0 PCMU/8000").replace("RTP/AVP", protocol);
    MediaLeg leg = media.offered("desk", LegKind.RTP, offer);
    assertThat(mediaLines(answer(leg, null))).containsExactly("m=audio 20000 " + protocol + " 0");
    assertThat(mediaLines(leg.makeOffer(null)).getFirst()).startsWith("m=audio 20000 " + protocol);
  }

  @Test
  void writesAndReadsIpv6() {
    media.plane.address = "2001:db8::1";
    String offer = phone("sendrecv", "0 PCMU/8000").replace("IP4 198.51.100.9", "IP6 2001:db8::9");
    MediaLeg leg = media.offered("desk", LegKind.RTP, offer);
    assertThat(answer(leg, null))
        .contains(" IN IP6 2001:db8:0:0:0:0:0:1\r\ns=-", "c=IN IP6 2001:db8:0:0:0:0:0:1\r\n");
    assertThat(transport(leg).remote().rtp()).hasToString("/[2001:db8:0:0:0:0:0:9]:40000");
  }

  @Test
  void answersAnOldPhoneThatSaysLittle() {
    MediaLeg leg = media.offered("fxs", LegKind.RTP, sample("legacy-lf").replace("\r\n", "\n"));
    assertThat(mediaLines(answer(leg, null))).containsExactly("m=audio 20000 RTP/AVP 0 8 101");
  }

  @Test
  void takesTheOnlyEventsThereAreWhateverTheirClock() {
    String offer = phone("sendrecv", "96 opus/48000/2", "101 telephone-event/8000");
    MediaLeg caller = media.offered("caller", LegKind.RTP, offer);
    MediaLeg callee = media.leg("callee", LegKind.RTP);
    callee.makeOffer(caller);
    accepts(callee.receiveAnswer(phone("sendrecv", "96 opus/48000/2", "97 telephone-event/48000")));
    String answered = answer(caller, callee);
    assertThat(mediaLines(answered)).containsExactly("m=audio 20000 RTP/AVP 96 101");
    assertThat(answered).contains("a=rtpmap:101 telephone-event/8000");
    assertThat(callee.reflects(caller)).isTrue();
  }

  @Test
  void neverLooksUpNames() {
    String offer =
        phone("sendrecv", "0 PCMU/8000").replace("c=IN IP4 198.51.100.9", "c=IN IP4 x.y");
    MediaLeg leg = media.offered("desk", LegKind.RTP, offer);
    answer(leg, null);
    assertThat(transport(leg).remote().rtp()).isNull();
    assertThat(transport(leg).remote().receives()).as("it may be learned").isTrue();
  }

  @Test
  void refusesAnOfferWithoutAudio() {
    MediaLeg leg = media.leg("desk", LegKind.RTP);
    SdpOutcome refused = new SdpOutcome.Refused(488, "no audio is offered");
    assertThat(leg.receiveOffer("v=0\r\nm=video 9 RTP/AVP 96\r\n")).isEqualTo(refused);
    assertThat(leg.receiveOffer("v=0\r\nm=audio 0 RTP/AVP 0\r\n")).isEqualTo(refused);
    assertThat(leg.receiveOffer("v=0\r\ns=-\r\n")).isEqualTo(refused);
    assertThat(leg.localDescription()).isNull();
  }
}
