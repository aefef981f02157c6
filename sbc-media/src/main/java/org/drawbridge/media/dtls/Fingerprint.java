package org.drawbridge.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A certificate fingerprint as descriptions carry it (RFC 8122): hash function and digest.
 *
 * @param function the hash function's name in lower case, such as {@code sha-256}
 * @param digest upper-case hexadecimal pairs joined by colons
 */
public record Fingerprint(String function, String digest) {

  private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

  /** The SHA-256 fingerprint of a certificate in DER. */
  static Fingerprint sha256(byte[] certificate) {
    return new Fingerprint("sha-256", digest("SHA-256", certificate));
  }

  /** Whether a certificate in DER has this fingerprint. */
  boolean matches(byte[] certificate) {
    String name = digestName(function);
    return name != null && digest(name, certificate).equals(digest);
  }

  private static @Nullable String digestName(String function) {
    return switch (function) {
      case "sha-1" -> "SHA-1";
      case "sha-256" -> "SHA-256";
      case "sha-384" -> "SHA-384";
      case "sha-512" -> "SHA-512";
      default -> null;
    };
  }

  private static String digest(String name, byte[] certificate) {
    try {
      return PAIRS.formatHex(MessageDigest.getInstance(name).digest(certificate));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(name + " is part of every JDK", e);
    }
  }

  @Override
  public String toString() {
    return function + " " + digest;
  }
}
