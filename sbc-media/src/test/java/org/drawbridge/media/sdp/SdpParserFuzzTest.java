package org.drawbridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text makes the parser or the model throw, and what was read is written as read. */
class SdpParserFuzzTest {

  private static final int ROUNDS = 2_000;

  @ParameterizedTest
  @MethodSource("org.drawbridge.media.sdp.SdpSamples#names")
  void survivesSpoiltDescriptions(String name) {
    SdpMutations mutations = new SdpMutations(name.hashCode());
    int parsed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutations.mutate(SdpSamples.sample(name));
      switch (SdpParser.parse(text)) {
        case SdpResult.Malformed malformed -> assertThat(malformed.line()).isPositive();
        case SdpResult.Parsed(SessionDescription description) -> {
          parsed++;
          description.media().forEach(SdpParserFuzzTest::readEverything);
          String written = SdpWriter.write(description);
          assertThat(SdpWriter.write(SdpSamples.parsed(written))).isEqualTo(written);
        }
      }
    }
    assertThat(parsed).as("texts that still parsed").isGreaterThan(ROUNDS / 10);
  }

  private static void readEverything(MediaDescription media) {
    for (Codec codec : media.codecs()) {
      assertThat(codec.payloadType()).isBetween(0, 127);
      assertThat(codec.clockRate()).isPositive();
      assertThat(codec.format()).isNotBlank();
    }
    assertThat(media.port()).isBetween(0, 65_535);
    assertThat(media.direction()).isNotNull();
    assertThat(media.milliseconds("ptime")).isBetween(-1, 1_000);
    media.rtpAddress();
    media.rtcpAddress();
    media.ice();
    media.fingerprint();
    media.setup();
    media.cryptos();
    media.mid();
  }
}
