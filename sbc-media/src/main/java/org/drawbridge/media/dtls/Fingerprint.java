package org.drawbridge.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A certificate's fingerprint as descriptions carry it (RFC 8122), or those of several of which one
 * will be shown.
 *
 * @param function the hash function's name in lower case, such as {@code sha-256}
 * @param digests one for each certificate: upper-case hexadecimal pairs joined by colons
 */
public record Fingerprint(String function, Set<String> digests) {

  private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

  /** With a copy of the digests. */
  public Fingerprint {
    digests = Set.copyOf(digests);
  }

  /** The fingerprint of one certificate. */
  public Fingerprint(String function, String digest) {
    this(function, Set.of(digest));
  }

  /** The SHA-256 fingerprint of a certificate in DER. */
  static Fingerprint sha256(byte[] certificate) {
    return new Fingerprint("sha-256", digest("SHA-256", certificate));
  }

  /** Whether a certificate in DER has this fingerprint, or one of these. */
  boolean matches(byte[] certificate) {
    String name = digestName(function);
    return name != null && digests.contains(digest(name, certificate));
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
    return function + " " + String.join(" ", digests);
  }
}
