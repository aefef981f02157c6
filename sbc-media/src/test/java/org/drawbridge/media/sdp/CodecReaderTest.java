package org.drawbridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.media;
import static org.drawbridge.media.sdp.SdpSamples.sample;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How codecs are read from formats, rtpmap, fmtp and feedback. */
class CodecReaderTest {

  private static List<Codec> codecs(String formats, String... attributes) {
    StringBuilder text = new StringBuilder("v=0\r\nm=audio 4000 RTP/AVP " + formats + "\r\n");
    for (String attribute : attributes) {
      text.append("a=").append(attribute).append("\r\n");
    }
    return media(text.toString()).codecs();
  }

  @Test
  void keepsTheOrderOfTheFormats() {
    assertThat(media(sample("chromium-audio")).codecs())
        .extracting(Codec::format)
        .containsExactly(
            "opus/48000",
            "red/48000/2;111/111",
            "g722/8000/1",
            "pcmu/8000/1",
            "pcma/8000/1",
            "cn/8000/1",
            "telephone-event/48000/1",
            "telephone-event/8000/1");
  }

  @Test
  void knowsStaticPayloadTypesWithoutRtpmap() {
    assertThat(codecs("18 0 9 13", "fmtp:18 annexb=no"))
        .containsExactly(
            new Codec(18, "G729", 8000, 1, "annexb=no"),
            new Codec(0, "PCMU", 8000, 1, null),
            new Codec(9, "G722", 8000, 1, null),
            new Codec(13, "CN", 8000, 1, null));
  }

  @Test
  void leavesOutWhatItCannotName() {
    assertThat(codecs("0 96 128 x -1 0", "rtpmap:97 opus/48000/2"))
        .containsExactly(new Codec(0, "PCMU", 8000, 1, null));
  }

  @Test
  void addsFeedbackOfAllAndOfOne() {
    assertThat(codecs("0", "rtcp-fb:* nack", "rtcp-fb:0 ccm fir", "rtcp-fb:8 pli"))
        .containsExactly(new Codec(0, "PCMU", 8000, 1, null, List.of("nack", "ccm fir"), -1));
  }

  /** Each format keeps a copy: two thousand lines would become a quarter of a million words. */
  @Test
  void remembersNoMoreFeedbackThanAnybodyHas() {
    String[] lines = new String[1_900];
    Arrays.fill(lines, "rtcp-fb:* x");
    assertThat(codecs("0 8", lines))
        .extracting(codec -> codec.feedback().size())
        .containsExactly(SdpLimits.FEEDBACK, SdpLimits.FEEDBACK);
  }

  @ParameterizedTest
  @CsvSource({
    "96 opus/48000/2, opus/48000",
    "96  OPUS/48000, opus/48000",
    "96 L16/16000/2, l16/16000/2",
    "96 speex/16000/, speex/16000/1",
    "96 iLBC, ilbc/8000/1"
  })
  void forgivesSloppyRtpmaps(String rtpmap, String format) {
    assertThat(codecs("96", "rtpmap:" + rtpmap)).extracting(Codec::format).containsExactly(format);
  }

  @ParameterizedTest
  @CsvSource({"96", "96 ", "96 /8000", "96 opus/0", "96 opus/999999999", "96 a b/8000", "x opus/1"})
  void ignoresBrokenRtpmaps(String rtpmap) {
    assertThat(codecs("96", "rtpmap:" + rtpmap)).isEmpty();
  }

  @Test
  void ignoresOverlongParameters() {
    assertThat(codecs("0", "fmtp:0 " + "x".repeat(SdpLimits.FMTP + 1)))
        .containsExactly(new Codec(0, "PCMU", 8000, 1, null));
  }

  @Test
  void tellsAmrPackingsApart() {
    assertThat(
            codecs(
                "96 97 98",
                "rtpmap:96 AMR/8000",
                "rtpmap:97 AMR/8000",
                "rtpmap:98 AMR/8000",
                "fmtp:97 mode-set=7; octet-align=1",
                "fmtp:98 octet-align=0"))
        .extracting(Codec::format)
        .containsExactly("amr/8000/1;0", "amr/8000/1;1", "amr/8000/1;0");
  }

  @Test
  void writesOpusWithTwoChannelsAlways() {
    assertThat(codecs("96", "rtpmap:96 opus/48000").getFirst().rtpmap()).isEqualTo("opus/48000/2");
  }
}
