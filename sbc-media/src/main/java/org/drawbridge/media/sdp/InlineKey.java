package org.drawbridge.media.sdp;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One key of an {@code a=crypto} attribute (RFC 4568 section 6.1). A secret: it never reaches a
 * log.
 *
 * @param key master key and salt in base64
 * @param mki what packets under this key say; null where they say nothing
 */
public record InlineKey(String key, @Nullable Mki mki) {

  private static final String METHOD = "inline:";

  /**
   * Reads {@code inline:key|lifetime|mki}, the last two optional; null if it is not that or the key
   * is not of this many bytes. We send far fewer packets than any lifetime in use.
   */
  static @Nullable InlineKey parse(String text, int bytes) {
    if (!text.startsWith(METHOD)) {
      return null;
    }
    String[] parts = text.substring(METHOD.length()).split("\\|", -1);
    byte[] key = decode(parts[0]);
    int last = parts.length - 1;
    boolean identified = last > 0 && parts[last].indexOf(':') >= 0;
    Mki mki = identified ? Mki.parse(parts[last]) : null;
    int lifetimes = identified ? last - 1 : last;
    boolean valid =
        key.length == bytes
            && identified == (mki != null)
            && (lifetimes == 0 || lifetimes == 1 && parts[1].matches("(2\\^)?[0-9]{1,15}"));
    return valid ? new InlineKey(Base64.getEncoder().encodeToString(key), mki) : null;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /** Master key and salt. */
  public byte[] keyBytes() {
    return Base64.getDecoder().decode(key);
  }

  /** What packets under this key say, nothing where they say nothing. */
  public byte[] mkiBytes() {
    return mki == null ? new byte[0] : mki.bytes();
  }

  String written() {
    return mki == null ? METHOD + key : METHOD + key + '|' + mki;
  }

  @Override
  public String toString() {
    return "InlineKey[" + mki + ']';
  }
}
