package org.drawbridge.routing.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** HA1, the password-equivalent hash that digest authentication needs (RFC 7616 section 3.4.2). */
public enum DigestHash {
  MD5("MD5", 32),
  SHA_256("SHA-256", 64);

  private final String algorithm;
  private final int hexLength;

  DigestHash(String algorithm, int hexLength) {
    this.algorithm = algorithm;
    this.hexLength = hexLength;
  }

  /** Length of the hash in hexadecimal digits. */
  public int hexLength() {
    return hexLength;
  }

  /** The hash of {@code user:realm:password} in lower-case hex. */
  public String ha1(String user, String realm, String password) {
    byte[] input = (user + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(input));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
