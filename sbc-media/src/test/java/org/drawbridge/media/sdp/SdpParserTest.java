package org.drawbridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.media;
import static org.drawbridge.media.sdp.SdpSamples.parsed;
import static org.drawbridge.media.sdp.SdpSamples.sample;

import org.drawbridge.media.sdp.SdpResult.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the parser takes, forgives and refuses. */
class SdpParserTest {

  private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\n";

  @ParameterizedTest
  @MethodSource("org.drawbridge.media.sdp.SdpSamples#names")
  void keepsEachLineOfRealDescriptions(String name) {
    String text = sample(name);
    assertThat(SdpWriter.write(parsed(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r'", "'\r\n'", "'\r\n\r\n'"})
  void takesAnyLineEnd(String end) {
    String text = sample("asterisk-rtp").replace("\r\n", end);
    assertThat(SdpWriter.write(parsed(text))).isEqualTo(sample("asterisk-rtp"));
  }

  @Test
  void takesMissingSessionNameTimeAndOrigin() {
    assertThat(media("v=0\nm=audio 4000 RTP/AVP 0\n").port()).isEqualTo(4000);
  }

  @Test
  void takesALastLineWithoutItsEnd() {
    assertThat(media(HEAD + "m=audio 4000 RTP/AVP 0\r\na=inactive").direction())
        .isEqualTo(Direction.INACTIVE);
  }

  /** As devices send that count the end of the string as part of the body. */
  @ParameterizedTest
  @CsvSource({"'a=inactive\u0000'", "'a=inactive\r\n\u0000'", "'a=inactive\r\n\u0000\u0000'"})
  void takesTheEndOfAString(String last) {
    assertThat(media(HEAD + "m=audio 4000 RTP/AVP 0\r\n" + last).direction())
        .isEqualTo(Direction.INACTIVE);
  }

  @Test
  void keepsUnknownLinesAndAttributes() {
    String text = HEAD + "x=strange\r\nm=audio 4000 RTP/AVP 0\r\nq=odd\r\na=x-own:1 2 3\r\n";
    assertThat(SdpWriter.write(parsed(text))).isEqualTo(text);
  }

  @Test
  void readsAPortCount() {
    MediaDescription media = media(HEAD + "m=audio 4000/2 RTP/AVP 0\r\n");
    assertThat(media.ports()).isEqualTo(2);
    assertThat(SdpWriter.write(parsed(HEAD + "m=audio 4000/2 RTP/AVP 0\r\n")))
        .endsWith("m=audio 4000/2 RTP/AVP 0\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, empty",
    "'o=- 1 1 IN IP4 192.0.2.9', 1, v=0",
    "'v=1', 1, v=0",
    "'v=0\nnonsense', 2, letter=value",
    "'v=0\nA=upper', 2, letter=value",
    "'v=0\ns=-\nm=audio', 3, port",
    "'v=0\nm=audio x RTP/AVP 0', 2, port",
    "'v=0\nm=audio 65536 RTP/AVP 0', 2, port",
    "'v=0\nm=audio 1/0 RTP/AVP 0', 2, port",
    "'v=0\nm=audio -1 RTP/AVP 0', 2, port",
    "'v=0\nc=IN IP4', 2, c=",
    "'v=0\n\n\nm=audio', 4, port",
    "'v=0\ns=a\u0000b', 2, control"
  })
  void namesTheLineItCannotTake(String text, int line, String reason) {
    assertThat(SdpParser.parse(text))
        .isInstanceOfSatisfying(
            Malformed.class,
            malformed -> {
              assertThat(malformed.line()).isEqualTo(line);
              assertThat(malformed.reason()).contains(reason);
            });
  }

  @Test
  void boundsWhatItReads() {
    assertThat(SdpParser.parse(HEAD + "a=x\r\n".repeat(SdpLimits.LINES)))
        .isInstanceOf(Malformed.class);
    assertThat(SdpParser.parse(HEAD + "a=" + "x".repeat(SdpLimits.CHARACTERS)))
        .isInstanceOf(Malformed.class);
    assertThat(SdpParser.parse(HEAD + "m=audio 1 RTP/AVP 0\r\n".repeat(SdpLimits.MEDIA + 1)))
        .isInstanceOf(Malformed.class);
    assertThat(SdpParser.parse(HEAD + "m=audio 1 RTP/AVP" + " 0".repeat(SdpLimits.FORMATS + 1)))
        .isInstanceOf(Malformed.class);
    assertThat(parsed(HEAD + "m=audio 1 RTP/AVP 0\r\n".repeat(SdpLimits.MEDIA)).media())
        .hasSize(SdpLimits.MEDIA);
  }
}
