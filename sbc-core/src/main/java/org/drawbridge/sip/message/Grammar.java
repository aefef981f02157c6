package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Character classes and small scanners of the SIP grammar (RFC 3261 section 25.1). */
final class Grammar {
  /** {@code token}. */
  static final int TOKEN = 1;

  /** A character of a parameter's name, in a URI or after a header value. */
  static final int PARAM_NAME = 2;

  /**
   * A character of a parameter's value that is no quoted string; more than the grammar has, as
   * phones send more.
   */
  static final int PARAM_VALUE = 4;

  /** A character of a host name or IPv4 address; with the underscore that many names have. */
  static final int HOST = 8;

  /** A character of a user and password; with '#' and brackets, which phones leave unescaped. */
  static final int USER = 16;

  /** A character of a SIP URI after the user. */
  static final int URI = 32;

  /** A character of a user that means itself: {@link #USER} without the escapes. */
  static final int PLAIN_USER = 64;

  /** A character of a parameter's value wherever the parameter stands, in a URI or after it. */
  static final int PLAIN_VALUE = 128;

  private static final byte[] CLASS = new byte[128];

  static {
    String alphanum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    mark(alphanum + "-.!%*_+`'~", TOKEN | PARAM_NAME);
    mark("[]/:&$()", PARAM_NAME);
    mark(alphanum + ".-_", HOST);
    for (char c = '!'; c < 0x7f; c++) {
      mark(c, PARAM_VALUE, ";,\"<>");
      mark(c, USER, "<>\"\\@");
      mark(c, URI, "<>\"@");
      mark(c, PLAIN_USER, "<>\"\\@%");
      mark(c, PLAIN_VALUE, ";,\"<>?@\\");
    }
  }

  private Grammar() {}

  private static void mark(String chars, int bits) {
    for (int i = 0; i < chars.length(); i++) {
      CLASS[chars.charAt(i)] |= (byte) bits;
    }
  }

  private static void mark(char c, int bits, String except) {
    if (except.indexOf(c) < 0) {
      CLASS[c] |= (byte) bits;
    }
  }

  /** Whether an ASCII character is in one of the classes. */
  static boolean is(int c, int classes) {
    return c < 128 && (CLASS[c] & classes) != 0;
  }

  /** Whether a byte of a message is an ASCII character in one of the classes. */
  static boolean is(byte b, int classes) {
    return b >= 0 && (CLASS[b] & classes) != 0;
  }

  static boolean isTokenChar(int c) {
    return is(c, TOKEN);
  }

  static boolean isToken(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (!isTokenChar(s.charAt(i))) {
        return false;
      }
    }
    return !s.isEmpty();
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t';
  }

  /** The first position at or after {@code i} that is no blank. */
  static int skipSpace(String s, int i) {
    while (i < s.length() && isSpace(s.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of {@code s[from, to)} without the blanks before it. */
  static int trimEnd(String s, int from, int to) {
    while (to > from && isSpace(s.charAt(to - 1))) {
      to--;
    }
    return to;
  }

  /** The end (exclusive) of the token that starts at {@code i}. */
  static int tokenEnd(String s, int i) {
    while (i < s.length() && isTokenChar(s.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The position after the quoted string that opens at {@code open}. */
  static int quotedEnd(String s, int open) throws SipSyntaxException {
    for (int i = open + 1; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    throw new SipSyntaxException("Unterminated quoted string", open);
  }

  /** The text of a quoted string, escapes resolved; other text comes back as it is. */
  static String unquote(String s) {
    int n = s.length();
    if (n < 2 || s.charAt(0) != '"' || s.charAt(n - 1) != '"') {
      return s;
    }
    if (s.indexOf('\\') < 0) {
      return s.substring(1, n - 1);
    }
    StringBuilder out = new StringBuilder(n);
    for (int i = 1; i < n - 1; i++) {
      char c = s.charAt(i);
      if (c == '\\' && i + 1 < n - 1) {
        c = s.charAt(++i);
      }
      out.append(c);
    }
    return out.toString();
  }

  /** The text as a quoted string. */
  static String quote(String s) {
    StringBuilder out = new StringBuilder(s.length() + 2);
    quote(s, out);
    return out.toString();
  }

  /** Writes a text as a quoted string. */
  static void quote(String s, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\' || c < ' ' || c == 0x7f) {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  /**
   * The value of up to 18 digits in {@code s[from, to)}, or -1 when it is not a number in {@code
   * 0..max}.
   */
  static long number(String s, int from, int to, long max) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = s.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= max ? value : -1;
  }

  /**
   * Refuses text that would end the header line it is put in (RFC 3261 section 7.3.1) and so start
   * another one.
   */
  static String oneLine(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\r' || c == '\n' || c == 0 && (i == 0 || s.charAt(i - 1) != '\\')) {
        throw new IllegalArgumentException("line break or bare NUL in a header value");
      }
    }
    return s;
  }

  /**
   * Adds the members of a comma separated list, split outside quotes and angle brackets; empty
   * members are dropped.
   */
  static void splitList(String s, List<String> out) {
    int start = 0;
    boolean quoted = false;
    boolean angle = false;
    for (int i = 0; i <= s.length(); i++) {
      char c = i < s.length() ? s.charAt(i) : ',';
      if (quoted && i < s.length()) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == ',' && (!angle || i == s.length())) {
        addTrimmed(s, start, i, out);
        start = i + 1;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '<' || c == '>') {
        angle = c == '<';
      }
    }
    if (start < s.length()) {
      addTrimmed(s, start, s.length(), out);
    }
  }

  private static void addTrimmed(String s, int from, int to, List<String> out) {
    int start = from;
    while (start < to && isSpace(s.charAt(start))) {
      start++;
    }
    int end = trimEnd(s, start, to);
    if (end > start) {
      out.add(s.substring(start, end));
    }
  }

  static List<String> splitList(@Nullable String s) {
    List<String> out = new ArrayList<>(2);
    if (s != null) {
      splitList(s, out);
    }
    return out;
  }
}
