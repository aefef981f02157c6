package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.sdp.SdpSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms in which peers say the same: each line of a table is one of them. */
class SdpFormsTest {

  private static final String SESSION =
      "v=0|o=- 1 1 IN IP4 198.51.100.9|s=-|c=IN IP4 198.51.100.9|t=0 0|";
  private static final String VIDEO = "m=video 4002 RTP/AVP 99|a=rtpmap:99 H264/90000|";

  private final MediaFixture media = new MediaFixture();

  private static String text(String body) {
    return (SESSION + body).replace("|", "\r\n");
  }

  private List<String> answered(String body) {
    MediaLeg leg = media.offered("peer", LegKind.RTP, text(body));
    return mediaLines(answer(leg, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "what is not carried is rejected where it stands; m=image 9 udptl t38|m=audio 4000 RTP/AVP 0|; m=image 0 udptl t38, m=audio 20000 RTP/AVP 0",
        "a text line; m=audio 4000 RTP/AVP 0|m=text 4004 RTP/AVP 98|a=rtpmap:98 t140/1000|; m=audio 20000 RTP/AVP 0, m=text 0 RTP/AVP 98",
        "a line that is off; m=audio 0 RTP/AVP 0|m=audio 4000 RTP/AVP 8|; m=audio 0 RTP/AVP 0, m=audio 20000 RTP/AVP 8",
        "a data channel; m=application 9 UDP/DTLS/SCTP webrtc-datachannel|m=audio 4000 RTP/AVP 0|; m=application 0 UDP/DTLS/SCTP webrtc-datachannel, m=audio 20000 RTP/AVP 0",
        "a circuit beside; m=audio 4000 RTP/AVP 0|m=audio 9 PSTN -|c=PSTN E164 +441134960123|a=setup:actpass|; m=audio 20000 RTP/AVP 0, m=audio 0 PSTN -",
        "potential configurations; m=audio 4000 RTP/AVP 0|a=tcap:1 RTP/SAVP|a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x|a=pcfg:1 t=1 a=1|; m=audio 20000 RTP/AVP 0",
        "two ports; m=audio 4000/2 RTP/AVP 0|; m=audio 20000 RTP/AVP 0",
        "a number named twice; m=audio 4000 RTP/AVP 0 0 8|; m=audio 20000 RTP/AVP 0 8",
        "an rtpmap in small letters; m=audio 4000 RTP/AVP 96|a=rtpmap:96 pcma/8000|; m=audio 20000 RTP/AVP 96",
        "a static number that means something else; m=audio 4000 RTP/AVP 18|a=rtpmap:18 PCMU/8000|; m=audio 20000 RTP/AVP 18",
        "feedback profile; m=audio 4000 RTP/AVPF 0|a=rtcp-fb:* nack|; m=audio 20000 RTP/AVPF 0",
        "unknown lines; m=audio 4000 RTP/AVP 0|b=AS:64|k=clear:x|a=x-unknown:1|a=silenceSupp:off - - - -|; m=audio 20000 RTP/AVP 0",
        "a format beyond 127; m=audio 4000 RTP/AVP 0 200|; m=audio 20000 RTP/AVP 0"
      })
  void isAnswered(String what, String offer, String answer) {
    assertThat(answered(offer)).as(what).containsExactly(answer.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nothing said; ''; sendrecv",
        "at the session; a=sendonly|; sendonly",
        "inactive at the session; a=inactive|; inactive"
      })
  void theDirectionOfTheSessionCountsForMediaThatSayNone(
      String what, String level, String direction) {
    String offer = text(level + "m=audio 4000 RTP/AVP 0|" + VIDEO);
    MediaLeg leg = media.offered("peer", LegKind.RTP, offer);
    String onward = media.leg("other", LegKind.RTP).makeOffer(leg);
    assertThat(onward.lines().filter(line -> line.equals("a=" + direction))).as(what).hasSize(2);
  }

  @Test
  void eachMediaMayHaveItsOwnAddressAndDirection() {
    String offer =
        text("m=audio 4000 RTP/AVP 0|" + VIDEO + "c=IN IP4 203.0.113.7|a=rtcp:4999|a=recvonly|");
    MediaLeg one = media.offered("one", LegKind.RTP, offer);
    MediaLeg other = media.leg("other", LegKind.RTP);
    String onward = other.makeOffer(one);
    assertThat(onward).contains("a=sendrecv\r\n", "a=recvonly\r\n");
    accepts(
        other.receiveAnswer(
            text(
                "m=audio 5000 RTP/AVP 0|m=video 5002 RTP/AVP 99|a=rtpmap:99 H264/90000|a=sendonly|")));
    answer(one, other);
    RemoteMedia picture = media.plane.opened.getLast().remote();
    assertThat(picture.rtp()).hasToString("/203.0.113.7:4002");
    assertThat(picture.rtcp()).hasToString("/203.0.113.7:4999");
    assertThat(picture.receives()).isTrue();
    assertThat(transport(one).remote().rtp()).hasToString("/198.51.100.9:4000");
  }

  @Test
  void multicastIsRefusedAtOnceInsteadOfASilentCall() {
    String offer = text("m=audio 4000 RTP/AVP 0|c=IN IP4 233.252.0.1/127|");
    assertThat(media.leg("peer", LegKind.RTP).receiveOffer(offer))
        .isEqualTo(new SdpOutcome.Refused(488, "multicast is not carried"));
    String beside = "m=audio 4000 RTP/AVP 0|" + VIDEO + "c=IN IP6 ff3e::8000:1/3|";
    assertThat(answered(beside)).containsExactly("m=audio 20002 RTP/AVP 0", "m=video 0 RTP/AVP 99");
  }

  @ParameterizedTest
  @CsvSource({"18 G729A/8000", "18 g729ab/8000", "9 G722/16000"})
  void aStaticNumberMeansItsFormatHoweverItIsCalled(String rtpmap) {
    MediaLeg one =
        media.offered("one", LegKind.RTP, text("m=audio 4000 RTP/AVP 9 18|a=fmtp:18 annexb=no|"));
    MediaLeg other = media.leg("other", LegKind.RTP);
    other.makeOffer(one);
    String type = rtpmap.substring(0, rtpmap.indexOf(' '));
    accepts(
        other.receiveAnswer(
            text(
                "m=audio 5000 RTP/AVP " + type + "|a=rtpmap:" + rtpmap + "|a=fmtp:18 annexb=no|")));
    assertThat(answer(one, other)).containsPattern("a=rtpmap:" + type + " G7[0-9]+/8000\r\n");
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r'", "'\r\n'", "'\r\n\r\n'"})
  void anyLineEndWillDo(String end) {
    String offer = (SESSION + "m=audio 4000 RTP/AVP 0|" + VIDEO).replace("|", end);
    MediaLeg leg = media.offered("peer", LegKind.RTP, offer);
    assertThat(SdpSamples.parsed(media.leg("other", LegKind.RTP).makeOffer(leg)).media())
        .hasSize(2);
  }

  @Test
  void parametersInAnotherOrderMeanTheSame() {
    MediaLeg one =
        media.offered(
            "one",
            LegKind.RTP,
            text(
                "m=audio 4000 RTP/AVP 0|"
                    + VIDEO
                    + "a=fmtp:99 profile-level-id=42e01f; packetization-mode=1|"));
    MediaLeg other = media.leg("other", LegKind.RTP);
    other.makeOffer(one);
    String taken = "m=audio 5000 RTP/AVP 0|m=video 5002 RTP/AVP 99|a=rtpmap:99 h264/90000|";
    accepts(
        other.receiveAnswer(
            text(taken + "a=fmtp:99 Packetization-Mode=1;Profile-Level-Id=42E015|")));
    assertThat(mediaLines(answer(one, other)).get(1)).startsWith("m=video 20006 ");
  }

  @Test
  void theVersionGrowsByOneWithEachChangeAndNotWithoutOne() {
    MediaLeg one = media.offered("one", LegKind.RTP, text("m=audio 4000 RTP/AVP 0|" + VIDEO));
    MediaLeg other = media.leg("other", LegKind.RTP);
    String first = other.makeOffer(one);
    accepts(other.receiveAnswer(text("m=audio 5000 RTP/AVP 0|m=video 0 RTP/AVP 99|")));
    String again = other.makeOffer(one);
    assertThat(again).isEqualTo(first);
    other.rollback();
    answer(one, other);
    accepts(one.receiveOffer(text("m=audio 4000 RTP/AVP 0|m=video 0 RTP/AVP 99|")));
    String without = other.makeOffer(one);
    assertThat(Origins.version(without)).isEqualTo(Origins.version(first) + 1);
    assertThat(Origins.sessionId(without)).isEqualTo(Origins.sessionId(first));
    assertThat(mediaLines(without))
        .containsExactly("m=audio 20002 RTP/AVP 0 101", "m=video 0 RTP/AVP 99");
  }
}
