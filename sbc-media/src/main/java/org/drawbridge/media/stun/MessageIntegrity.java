package org.drawbridge.media.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MESSAGE-INTEGRITY with a short-term password (RFC 8489 14.5, 9.1): HMAC-SHA1 over the message
 * before the attribute, its length field set as if the message ended with it. Thread-safe.
 */
public final class MessageIntegrity {

  private static final String ALGORITHM = "HmacSHA1";

  /**
   * One for each thread, keyed at each use: a keyed one is ten times the size of a password, and
   * every call has a password.
   */
  private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(MessageIntegrity::mac);

  private final SecretKeySpec key;

  /** Takes an ICE password for the key. */
  public MessageIntegrity(String password) {
    key = new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  private static Mac mac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }

  /**
   * Compares in constant time.
   *
   * @param len bytes before the attribute
   * @param hmacAt where the received HMAC lies
   */
  boolean matches(byte[] buf, int off, int len, int hmacAt) {
    byte[] received = Arrays.copyOfRange(buf, hmacAt, hmacAt + Stun.HMAC_LENGTH);
    return MessageDigest.isEqual(of(buf, off, len), received);
  }

  /** The HMAC of a message of which {@code len} bytes come before the attribute. */
  byte[] of(byte[] buf, int off, int len) {
    int length = len - Stun.HEADER + 4 + Stun.HMAC_LENGTH;
    Mac mac = MACS.get();
    try {
      mac.init(key);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(ALGORITHM + " takes any key", e);
    }
    mac.update(buf, off, 2);
    mac.update((byte) (length >> 8));
    mac.update((byte) length);
    mac.update(buf, off + 4, len - 4);
    return mac.doFinal();
  }
}
