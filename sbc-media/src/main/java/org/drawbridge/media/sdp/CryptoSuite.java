package org.drawbridge.media.sdp;

import org.jspecify.annotations.Nullable;

/**
 * The SRTP crypto-suites of {@code a=crypto} we carry (RFC 4568 6.2, RFC 6188, RFC 7714 14.2).
 * Those with long keys have the names of the drafts before RFC 6188 too, under which older software
 * offers them and nothing else.
 */
public enum CryptoSuite {
  /** AES counter mode, 80-bit tag. */
  AES_CM_128_HMAC_SHA1_80(30),
  /** AES counter mode, 32-bit tag. */
  AES_CM_128_HMAC_SHA1_32(30),
  /** AES counter mode with a 192-bit key, 80-bit tag. */
  AES_192_CM_HMAC_SHA1_80(38),
  /** AES counter mode with a 192-bit key, 32-bit tag. */
  AES_192_CM_HMAC_SHA1_32(38),
  /** AES counter mode with a 256-bit key, 80-bit tag. */
  AES_256_CM_HMAC_SHA1_80(46),
  /** AES counter mode with a 256-bit key, 32-bit tag. */
  AES_256_CM_HMAC_SHA1_32(46),
  /** AES counter mode with a 192-bit key, 80-bit tag, by its name in drafts. */
  AES_CM_192_HMAC_SHA1_80(38),
  /** AES counter mode with a 192-bit key, 32-bit tag, by its name in drafts. */
  AES_CM_192_HMAC_SHA1_32(38),
  /** AES counter mode with a 256-bit key, 80-bit tag, by its name in drafts. */
  AES_CM_256_HMAC_SHA1_80(46),
  /** AES counter mode with a 256-bit key, 32-bit tag, by its name in drafts. */
  AES_CM_256_HMAC_SHA1_32(46),
  /** AES-GCM with a 128-bit key. */
  AEAD_AES_128_GCM(28),
  /** AES-GCM with a 256-bit key. */
  AEAD_AES_256_GCM(44);

  private final int keyAndSaltBytes;

  CryptoSuite(int keyAndSaltBytes) {
    this.keyAndSaltBytes = keyAndSaltBytes;
  }

  /** Length of master key and salt together, in bytes. */
  public int keyAndSaltBytes() {
    return keyAndSaltBytes;
  }

  /** The suite of this name, null when it is none of ours. */
  public static @Nullable CryptoSuite named(String name) {
    for (CryptoSuite suite : values()) {
      if (suite.name().equalsIgnoreCase(name)) {
        return suite;
      }
    }
    return null;
  }
}
