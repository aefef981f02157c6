package org.drawbridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** Descriptions as real clients write them, kept with the tests. */
public final class SdpSamples {

  private SdpSamples() {}

  /** The names of all samples. */
  public static Stream<String> names() {
    return Stream.of(
        "chromium-audio",
        "chromium-audio-video",
        "firefox-audio",
        "baresip-rtp",
        "sipp-g711",
        "linphone-sdes",
        "asterisk-rtp",
        "legacy-lf");
  }

  /** The text of a sample with CRLF line ends. */
  public static String sample(String name) {
    try (InputStream in = SdpSamples.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).replace("\n", "\r\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A text that must parse. */
  public static SessionDescription parsed(String text) {
    SdpResult result = SdpParser.parse(text);
    assertThat(result).isInstanceOf(SdpResult.Parsed.class);
    return ((SdpResult.Parsed) result).description();
  }

  /** The first media of a text that must parse. */
  public static MediaDescription media(String text) {
    return parsed(text).media().getFirst();
  }
}
