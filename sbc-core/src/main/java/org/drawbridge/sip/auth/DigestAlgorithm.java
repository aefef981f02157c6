package org.drawbridge.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;

/**
 * The digest algorithms offered (RFC 8760), in the order their challenges are sent: JsSIP and
 * SIP.js know MD5 only and read only the last challenge, so MD5 comes last.
 */
enum DigestAlgorithm {
  SHA_256("SHA-256"),
  MD5("MD5");

  private final String token;

  /** One for each thread, as new as a new one after each use. */
  private final ThreadLocal<MessageDigest> digests;

  DigestAlgorithm(String token) {
    this.token = token;
    this.digests = ThreadLocal.withInitial(() -> digest(token));
  }

  /** The name in challenges and credentials, which is also the JDK's. */
  String token() {
    return token;
  }

  /** The algorithm credentials name, MD5 when they name none; null if it is not offered here. */
  static @Nullable DigestAlgorithm of(@Nullable String token) {
    if (token == null) {
      return MD5;
    }
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equalsIgnoreCase(token)) {
        return algorithm;
      }
    }
    return null;
  }

  /** The account's H(A1), or null if it may not log in with this algorithm. */
  @Nullable String ha1(UserAccount account) {
    return switch (this) {
      case SHA_256 -> account.ha1Sha256();
      case MD5 -> account.ha1Md5();
    };
  }

  /** Lower-case hex of the hash of the parts joined by colons. */
  String hash(String... parts) {
    byte[] text = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(digests.get().digest(text));
  }

  private static MessageDigest digest(String token) {
    try {
      return MessageDigest.getInstance(token);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + token, e);
    }
  }
}
