package org.drawbridge.media.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys from a master key and salt (RFC 3711 4.3, RFC 7714 11), with a key derivation rate
 * of zero: derived once.
 */
final class KeyDerivation {

  static final int RTP_CIPHER = 0;
  static final int RTP_AUTH = 1;
  static final int RTP_SALT = 2;
  static final int RTCP_CIPHER = 3;
  static final int RTCP_AUTH = 4;
  static final int RTCP_SALT = 5;

  private static final int BLOCK = 16;
  private static final int LABEL_AT = 7;

  private final Cipher aes;
  private final byte[] salt;

  /** Takes the master key and salt, one after the other. */
  KeyDerivation(SrtpProfile profile, byte[] master) {
    aes = Aes.encryptor(Arrays.copyOf(master, profile.keyLength()));
    // A 96 bit salt is used as 112 bits with zeros on the right (RFC 7714 11).
    salt = Arrays.copyOf(Arrays.copyOfRange(master, profile.keyLength(), master.length), BLOCK);
  }

  /** The AES-CM keystream of one label, as many bytes as asked. */
  byte[] derive(int label, int length) {
    byte[] counter = salt.clone();
    counter[LABEL_AT] ^= (byte) label;
    byte[] out = new byte[(length + BLOCK - 1) / BLOCK * BLOCK];
    try {
      for (int at = 0; at < out.length; at += BLOCK) {
        counter[BLOCK - 1] = (byte) (at / BLOCK);
        aes.update(counter, 0, BLOCK, out, at);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return Arrays.copyOf(out, length);
  }

  /** Raw AES blocks: what counter mode and key derivation are built from. */
  static final class Aes {
    private Aes() {}

    static Cipher encryptor(byte[] key) {
      try {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return cipher;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES is part of every JDK", e);
      }
    }
  }
}
