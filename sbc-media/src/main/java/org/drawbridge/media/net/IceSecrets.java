package org.drawbridge.media.net;

import java.security.SecureRandom;
import org.drawbridge.media.plane.IceCredentials;

/** Makes ICE credentials (RFC 8839 5.4) of 48 and 144 random bits. Thread-safe. */
final class IceSecrets {

  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int UFRAG = 8;
  private static final int PASSWORD = 24;

  private final SecureRandom random;

  IceSecrets(SecureRandom random) {
    this.random = random;
  }

  IceCredentials next() {
    return new IceCredentials(text(UFRAG), text(PASSWORD));
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }
}
