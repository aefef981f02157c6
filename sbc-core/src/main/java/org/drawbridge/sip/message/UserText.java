package org.drawbridge.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The userinfo of a SIP URI and its {@code %HH} escapes (RFC 3261 section 19.1.2). */
final class UserText {
  private static final String UNESCAPED = "-_.!~*'()&=+$,;?/";
  private static final String HEX = "0123456789ABCDEF";

  private UserText() {}

  /**
   * The userinfo {@code s[from, to)}; more lenient than the grammar where phones are ('#', brackets
   * in the user).
   */
  static String checked(String s, int from, int to) throws SipSyntaxException {
    if (from == to || s.charAt(from) == ':') {
      throw new SipSyntaxException("Empty user", from);
    }
    for (int i = from; i < to; i++) {
      char c = s.charAt(i);
      if (!Grammar.is(c, Grammar.USER)) {
        throw new SipSyntaxException("Bad character in user", i);
      }
      if (c == '%' && !isEscape(s, i, to)) {
        throw new SipSyntaxException("Bad escape in user", i);
      }
    }
    return s.substring(from, to);
  }

  private static boolean isEscape(String s, int i, int to) {
    return i + 2 < to
        && Character.digit(s.charAt(i + 1), 16) >= 0
        && Character.digit(s.charAt(i + 2), 16) >= 0;
  }

  static void checkRest(String s, int from) throws SipSyntaxException {
    for (int i = from; i < s.length(); i++) {
      if (!Grammar.is(s.charAt(i), Grammar.URI)) {
        throw new SipSyntaxException("Bad character in URI", i);
      }
    }
  }

  static String unescape(String s) {
    if (s.indexOf('%') < 0) {
      return s;
    }
    byte[] in = s.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%' && i + 2 < in.length) {
        int high = Character.digit(in[i + 1], 16);
        int low = Character.digit(in[i + 2], 16);
        if (high >= 0 && low >= 0) {
          out.write(high << 4 | low);
          i += 2;
          continue;
        }
      }
      out.write(in[i]);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static String escape(String user) {
    StringBuilder out = new StringBuilder(user.length() + 8);
    for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c >= '0' && c <= '9'
          || c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || UNESCAPED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
