package org.drawbridge.upstream;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.account.Aor;

/**
 * The names that PBXes know phones by. A name says nothing of its phone and cannot be guessed; its
 * end shows that it was made here, so that also one whose phone is gone is known again. They hold
 * as long as the secret does. Thread-safe.
 */
final class Aliases {

  private static final String MAC = "HmacSHA256";
  private static final String PURPOSE = "relay-aliases";
  private static final int NAME_BYTES = 12;
  private static final int MARK_BYTES = 4;
  private static final int CALL_ID_BYTES = 16;
  private static final int LETTERS = 2 * (NAME_BYTES + MARK_BYTES);

  private final SecretKeySpec key;

  /** Those of a secret, which is also used for other things. */
  Aliases(byte[] secret) {
    byte[] own = mac(new SecretKeySpec(secret, MAC), PURPOSE.getBytes(StandardCharsets.UTF_8));
    this.key = new SecretKeySpec(own, MAC);
  }

  /** The name of a device, always the same. */
  String make(Aor account, String device) {
    byte[] hash = mac((account + "\n" + device).getBytes(StandardCharsets.UTF_8));
    byte[] name = Arrays.copyOf(hash, NAME_BYTES + MARK_BYTES);
    System.arraycopy(mark(hash), 0, name, NAME_BYTES, MARK_BYTES);
    return HexFormat.of().formatHex(name);
  }

  /**
   * What the PBX gets for a Call-ID of a device, which may name the device's address (RFC 3261
   * section 8.1.1.4): always the same for the same one.
   *
   * @param number 0 for the first; there is a row of them
   */
  String callId(Aor account, String callId, int number) {
    String text = "\n" + account + "\n" + callId + "\n" + number;
    byte[] hash = mac(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, CALL_ID_BYTES);
  }

  /** Whether a text is a name that was made here. */
  boolean isOurs(String text) {
    if (text.length() != LETTERS || !text.chars().allMatch(HexFormat::isHexDigit)) {
      return false;
    }
    byte[] name = HexFormat.of().parseHex(text);
    byte[] mark = Arrays.copyOfRange(name, NAME_BYTES, name.length);
    return MessageDigest.isEqual(mark, mark(name));
  }

  /** What follows the first bytes of a name. */
  private byte[] mark(byte[] name) {
    return Arrays.copyOf(mac(Arrays.copyOf(name, NAME_BYTES)), MARK_BYTES);
  }

  private byte[] mac(byte[] text) {
    return mac(key, text);
  }

  private static byte[] mac(SecretKeySpec key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
