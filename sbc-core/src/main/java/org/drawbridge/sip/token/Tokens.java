package org.drawbridge.sip.token;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Identifiers that nobody can guess, in characters every SIP grammar takes. Thread-safe. */
public final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TAG_BYTES = 8;
  private static final int ID_BYTES = 16;

  private Tokens() {}

  /** A From or To tag: 64 random bits, where RFC 3261 19.3 asks for 32. */
  public static String tag() {
    return hex(TAG_BYTES);
  }

  /** A name for something long-lived and secret, such as a flow: 128 random bits. */
  public static String id() {
    return hex(ID_BYTES);
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
