package org.drawbridge.media.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who starts the DTLS handshake (RFC 4145, RFC 8842). */
public enum Setup {
  /** The writer starts. */
  ACTIVE,
  /** The writer waits. */
  PASSIVE,
  /** The writer leaves it to the answerer. */
  ACTPASS,
  /** Not now. */
  HOLDCONN;

  /** The setup written so, null for anything else. */
  static @Nullable Setup parse(String value) {
    for (Setup setup : values()) {
      if (setup.name().equalsIgnoreCase(value)) {
        return setup;
      }
    }
    return null;
  }

  /** The attribute's line. */
  public SdpLine line() {
    return SdpLine.attribute("setup", name().toLowerCase(Locale.ROOT));
  }
}
