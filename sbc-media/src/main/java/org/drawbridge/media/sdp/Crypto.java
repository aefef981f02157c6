package org.drawbridge.media.sdp;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An {@code a=crypto} attribute (RFC 4568). Its key is a secret: it never reaches a log.
 *
 * @param tag tells the alternatives of one offer apart
 * @param suite the crypto-suite
 * @param key master key and salt in base64, of the length the suite asks for
 */
public record Crypto(int tag, CryptoSuite suite, String key) {

  private static final int MAX_TAG = 999_999_999;

  /**
   * Reads the attribute's value. Null for suites we do not carry, an MKI, several keys or session
   * parameters that change how packets look: taking such a line would mean silence.
   */
  static @Nullable Crypto parse(String value) {
    String[] words = Words.of(value);
    if (words.length < 3 || !words[2].startsWith("inline:") || words[2].indexOf(';') >= 0) {
      return null;
    }
    int tag = CodecReader.number(words[0], MAX_TAG);
    CryptoSuite suite = CryptoSuite.named(words[1]);
    String[] parts = words[2].substring("inline:".length()).split("\\|");
    if (tag < 0 || suite == null || hasMki(parts) || changesPackets(words)) {
      return null;
    }
    byte[] key = decode(parts[0]);
    return key.length == suite.keyAndSaltBytes() ? new Crypto(tag, suite, encode(key)) : null;
  }

  private static boolean hasMki(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].indexOf(':') >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean changesPackets(String[] words) {
    for (int i = 3; i < words.length; i++) {
      if (!words[i].startsWith("-") && !words[i].startsWith("WSH=")) {
        return true;
      }
    }
    return false;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static String encode(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  /** The line with which this key is sent to the peer. */
  public SdpLine line() {
    return SdpLine.attribute("crypto", tag + " " + suite + " inline:" + key);
  }

  /** Master key and salt. */
  public byte[] keyBytes() {
    return Base64.getDecoder().decode(key);
  }

  @Override
  public String toString() {
    return "Crypto[" + tag + ' ' + suite + ']';
  }
}
