package org.drawbridge.sip.grammar;

import java.util.Locale;
import org.drawbridge.sip.grammar.SessionExpires.Refresher;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.Params;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Headers that are numbers first of all. JAIN-SIP reads these as 32-bit integers and so refuses
 * half of what RFC 3262 and RFC 4028 allow.
 */
final class NumberGrammar {
  /** RSeq and the first number of RAck (RFC 3262 section 7.1). */
  private static final long MAX_RSEQ = 0xffff_ffffL;

  private static final int MAX_DIGITS = 18;

  private NumberGrammar() {}

  /** {@code response-num}: 1 to 2^32-1. */
  static HeaderValue<Long> rseq(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    long number = number(value, 0, value.length(), MAX_RSEQ);
    return number < 1 ? HeaderValue.invalid(HeaderName.RSEQ) : new HeaderValue.Present<>(number);
  }

  /** {@code response-num LWS CSeq-num LWS Method}. */
  static HeaderValue<RAck> rack(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    int firstEnd = wordEnd(value, 0);
    int second = skipBlanks(value, firstEnd);
    int secondEnd = wordEnd(value, second);
    int third = skipBlanks(value, secondEnd);
    long rseq = number(value, 0, firstEnd, MAX_RSEQ);
    long cseq = number(value, second, secondEnd, Integer.MAX_VALUE);
    if (rseq < 1 || cseq < 0 || third == secondEnd || !isToken(value, third)) {
      return HeaderValue.invalid(HeaderName.RACK);
    }
    String token = value.substring(third);
    return new HeaderValue.Present<>(new RAck(rseq, cseq, Method.of(token), token));
  }

  /**
   * {@code delta-seconds} above zero and parameters; more seconds than an int holds are that many.
   */
  static HeaderValue<SessionExpires> sessionExpires(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    try {
      int seconds = seconds(value);
      Params params = params(value);
      return seconds < 1
          ? HeaderValue.invalid(HeaderName.SESSION_EXPIRES)
          : new HeaderValue.Present<>(new SessionExpires(seconds, refresher(params)));
    } catch (SipSyntaxException e) {
      return HeaderValue.invalid(HeaderName.SESSION_EXPIRES);
    }
  }

  /** {@code delta-seconds} and parameters, which mean nothing. */
  static HeaderValue<Integer> minSe(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    try {
      int seconds = seconds(value);
      Params ignored = params(value);
      return seconds >= 0 && ignored.size() >= 0
          ? new HeaderValue.Present<>(seconds)
          : HeaderValue.invalid(HeaderName.MIN_SE);
    } catch (SipSyntaxException e) {
      return HeaderValue.invalid(HeaderName.MIN_SE);
    }
  }

  private static int seconds(String value) {
    int end = 0;
    while (end < value.length() && isDigit(value.charAt(end))) {
      end++;
    }
    boolean huge = end > MAX_DIGITS;
    return huge
        ? Integer.MAX_VALUE
        : (int) Math.min(number(value, 0, end, Long.MAX_VALUE), Integer.MAX_VALUE);
  }

  /**
   * The {@code delta-seconds} of a parameter, more than an int holds as that many; -1 where it is
   * absent.
   *
   * @throws SipSyntaxException if it is no number
   */
  static int seconds(Params params, String name) throws SipSyntaxException {
    if (!params.has(name)) {
      return -1;
    }
    String value = params.get(name);
    if (value == null || value.isEmpty() || !value.chars().allMatch(c -> isDigit((char) c))) {
      throw new SipSyntaxException("not a number of seconds", 0);
    }
    return seconds(value);
  }

  private static Params params(String value) throws SipSyntaxException {
    int from = 0;
    while (from < value.length() && isDigit(value.charAt(from))) {
      from++;
    }
    return Params.parse(value, from);
  }

  private static @Nullable Refresher refresher(Params params) {
    String text = params.get("refresher");
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "uac" -> Refresher.UAC;
      case "uas" -> Refresher.UAS;
      default -> null;
    };
  }

  private static long number(String s, int from, int to, long max) {
    if (from >= to || to - from > MAX_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(s.charAt(i))) {
        return -1;
      }
      value = value * 10 + (s.charAt(i) - '0');
    }
    return value <= max ? value : -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static int wordEnd(String s, int from) {
    int i = from;
    while (i < s.length() && !isBlank(s.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int skipBlanks(String s, int from) {
    int i = from;
    while (i < s.length() && isBlank(s.charAt(i))) {
      i++;
    }
    return i;
  }

  static boolean isToken(String s, int from) {
    for (int i = from; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c <= ' ' || c > 0x7e || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0) {
        return false;
      }
    }
    return from < s.length();
  }
}
