package org.drawbridge.registrar;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.sip.message.SipUri;

/**
 * Makes and reads temporary GRUUs (RFC 5627 section 3.1.2). The user part is one AES block that
 * holds the id of a registration and random bits: each is new, nobody can tell that two belong
 * together, and all of a registration are read back without a table of what was handed out. Whether
 * an id is still valid is for the bindings to say; it is 64 random bits, so it cannot be guessed.
 * Thread-safe.
 */
public final class TemporaryGruus {

  private static final String PREFIX = "tgruu.";
  private static final int BLOCK = 16;

  /** One block under a fixed vector: what CBC adds over the bare cipher comes with more blocks. */
  private static final String CIPHER = "AES/CBC/NoPadding";

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /**
   * Makes and reads those of one key.
   *
   * @param key 16 random bytes; GRUUs made with another key name nobody
   */
  public TemporaryGruus(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** An id for a registration; never 0. */
  long newId() {
    long id;
    do {
      id = random.nextLong();
    } while (id == 0);
    return id;
  }

  /** One more GRUU for a registration. */
  SipUri make(long id, String domain) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK).putLong(id).putLong(random.nextLong());
    String user = PREFIX + encoder().encodeToString(run(Cipher.ENCRYPT_MODE, block.array()));
    return SipUri.of(user, domain, -1).withParam("gr", null);
  }

  /** The id of the registration a user part belongs to; 0 if it is no temporary GRUU. */
  long idOf(String user) {
    if (!user.startsWith(PREFIX)) {
      return 0;
    }
    try {
      byte[] block = Base64.getUrlDecoder().decode(user.substring(PREFIX.length()));
      return block.length == BLOCK ? ByteBuffer.wrap(run(Cipher.DECRYPT_MODE, block)).getLong() : 0;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  private static Base64.Encoder encoder() {
    return Base64.getUrlEncoder().withoutPadding();
  }

  private byte[] run(int mode, byte[] block) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new IvParameterSpec(new byte[BLOCK]));
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }
}
