package org.drawbridge.sip.grammar;

import java.util.HexFormat;
import org.drawbridge.sip.message.AuthParams;
import org.jspecify.annotations.Nullable;

/**
 * An Authorization or Proxy-Authorization value of scheme Digest (RFC 3261 section 22, RFC 7616,
 * RFC 8760). Texts are without quotes and escapes, as the hash wants them.
 *
 * @param algorithm null when not written, which means MD5
 * @param qop null for a client of RFC 2069
 * @param cnonce null without qop
 * @param nc the eight hex digits as written; null without qop
 * @param opaque null when not written
 */
public record DigestCredentials(
    String username,
    String realm,
    String nonce,
    String uri,
    String response,
    @Nullable String algorithm,
    @Nullable String qop,
    @Nullable String cnonce,
    @Nullable String nc,
    @Nullable String opaque) {

  /** The nonce count; -1 when there is none or it is not eight hex digits. */
  public long nonceCount() {
    String digits = nc;
    if (digits == null || digits.length() != 8) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        return -1;
      }
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  /** The header value. */
  public String toHeader() {
    StringBuilder out = new StringBuilder(256);
    AuthParams.write(out, "Digest username=", username);
    AuthParams.write(out, ", realm=", realm);
    AuthParams.write(out, ", nonce=", nonce);
    AuthParams.write(out, ", uri=", uri);
    AuthParams.write(out, ", response=", response);
    append(out, ", algorithm=", algorithm);
    if (cnonce != null) {
      AuthParams.write(out, ", cnonce=", cnonce);
    }
    if (opaque != null) {
      AuthParams.write(out, ", opaque=", opaque);
    }
    append(out, ", qop=", qop);
    append(out, ", nc=", nc);
    return out.toString();
  }

  private static void append(StringBuilder out, String before, @Nullable String value) {
    if (value != null) {
      out.append(before).append(value);
    }
  }

  /** Fit for a log: without response and nonces. */
  @Override
  public String toString() {
    return "Digest username=\"" + username + "\", realm=\"" + realm + "\"";
  }
}
