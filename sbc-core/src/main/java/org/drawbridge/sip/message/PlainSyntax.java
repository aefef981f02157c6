package org.drawbridge.sip.message;

/**
 * Recognises in the raw bytes the values that nearly all messages have. What is plain here the
 * parsers of this package accept, so its parsing can wait until somebody asks for it; what is not
 * plain may still be valid, and has to be parsed to find out. Positions are those of the message;
 * values come without surrounding blanks. Allocates nothing.
 */
final class PlainSyntax {
  private static final int IPV6_LONGEST = 45;
  private static final int PORT_DIGITS = 5;

  /** A line with more values than this is left to the parser, which has a limit of its own. */
  private static final int PLAIN_MEMBERS = 32;

  private static final byte[] VIA_START = {'s', 'i', 'p', '/', '2', '.', '0', '/'};

  private PlainSyntax() {}

  /** A name-addr with its parameters: {@code "Name" <sip:user@host;a=b>;tag=c}. */
  static boolean isAddress(byte[] b, int from, int to) {
    int i = from;
    if (i < to && b[i] == '"') {
      i = quotedEnd(b, i, to);
      while (i > 0 && i < to && b[i] == ' ') {
        i++;
      }
    } else {
      while (i < to && (b[i] == ' ' || Grammar.is(b[i], Grammar.TOKEN))) {
        i++;
      }
    }
    if (i < 0 || i >= to || b[i] != '<') {
      return false;
    }
    i = uriEnd(b, i + 1, to);
    return i >= 0 && i < to && b[i] == '>' && paramsEnd(b, i + 1, to, true) == to;
  }

  /** A sip or sips URI without escapes and header fields. */
  static boolean isUri(byte[] b, int from, int to) {
    return uriEnd(b, from, to) == to;
  }

  /** One via-parm. */
  static boolean isVia(byte[] b, int from, int to) {
    int host = viaHost(b, from, to);
    int end = host < 0 ? -1 : hostPortEnd(b, host, to);
    return end >= 0 && paramsEnd(b, end, to, false) == to;
  }

  /** One via-parm or several with commas between them. */
  static boolean isViaList(byte[] b, int from, int to) {
    int start = from;
    for (int members = 0; members < PLAIN_MEMBERS; members++) {
      int end = memberEnd(b, start, to);
      if (!isVia(b, start, end)) {
        return false;
      }
      if (end == to) {
        return true;
      }
      start = end + 1;
      while (start < to && b[start] == ' ') {
        start++;
      }
    }
    return false;
  }

  /** The next comma, or the end; only for values in which a comma stands nowhere else if plain. */
  static int memberEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] != ',') {
      i++;
    }
    return i;
  }

  /** Where sent-by starts in a via-parm; -1 if it is not plain up to there. */
  static int viaHost(byte[] b, int from, int to) {
    if (to - from < VIA_START.length) {
      return -1;
    }
    for (int i = 0; i < VIA_START.length; i++) {
      byte c = b[from + i];
      if (c != VIA_START[i] && (VIA_START[i] < 'a' || lower(c) != VIA_START[i])) {
        return -1;
      }
    }
    int start = from + VIA_START.length;
    int end = run(b, start, to, Grammar.TOKEN);
    int i = end;
    while (i < to && b[i] == ' ') {
      i++;
    }
    return end == start || i == end ? -1 : i;
  }

  /** A number, blanks, a method. */
  static boolean isCSeq(byte[] b, int from, int to) {
    int i = digitsEnd(b, from, to);
    if (number(b, from, i, Integer.MAX_VALUE) < 0 || i == to || b[i] != ' ') {
      return false;
    }
    while (i < to && b[i] == ' ') {
      i++;
    }
    return i < to && run(b, i, to, Grammar.TOKEN) == to;
  }

  /** Whether the last {@code length} bytes stand alone after a blank. */
  static boolean endsInWord(byte[] b, int from, int to, int length) {
    int blank = to - length - 1;
    return blank >= from && b[blank] == ' ';
  }

  /** No blank and no control character; all that is asked of a Call-ID. */
  static boolean isCallId(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] >= 0 && b[i] <= ' ') {
        return false;
      }
    }
    return from < to;
  }

  /** The number that all of the bytes are; -1 if they are none, too many, or above {@code max}. */
  static long number(byte[] b, int from, int to, long max) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= max ? value : -1;
  }

  private static int uriEnd(byte[] b, int from, int to) {
    int i = schemeEnd(b, from, to);
    if (i < 0) {
      return -1;
    }
    int at = run(b, i, to, Grammar.PLAIN_USER);
    if (at < to && b[at] == '@') {
      if (at == i || b[i] == ':') {
        return -1;
      }
      i = at + 1;
    }
    int end = hostPortEnd(b, i, to);
    return end < 0 ? -1 : paramsEnd(b, end, to, false);
  }

  private static int schemeEnd(byte[] b, int from, int to) {
    if (to - from < 5 || lower(b[from]) != 's' || lower(b[from + 1]) != 'i') {
      return -1;
    }
    int i = lower(b[from + 2]) == 'p' ? from + 3 : to;
    i += i < to && lower(b[i]) == 's' ? 1 : 0;
    return i < to && b[i] == ':' ? i + 1 : -1;
  }

  /** The end of {@code host [":" port]}; -1 if there is none. */
  static int hostPortEnd(byte[] b, int from, int to) {
    int host = hostEnd(b, from, to);
    if (host < 0 || host >= to || b[host] != ':') {
      return host;
    }
    int end = digitsEnd(b, host + 1, Math.min(to, host + 1 + PORT_DIGITS));
    return number(b, host + 1, end, 65_535) < 0 ? -1 : end;
  }

  /** The end of a host name, IPv4 address or IPv6 reference; -1 if there is none. */
  static int hostEnd(byte[] b, int from, int to) {
    if (from >= to || b[from] != '[') {
      int end = run(b, from, to, Grammar.HOST);
      return end == from ? -1 : end;
    }
    int colons = 0;
    int i = from + 1;
    for (; i < to && (b[i] == ':' || b[i] == '.' || isHex(b[i])); i++) {
      colons += b[i] == ':' ? 1 : 0;
    }
    boolean closed = i < to && b[i] == ']';
    return closed && colons >= 2 && i - from - 1 <= IPV6_LONGEST ? i + 1 : -1;
  }

  /**
   * The end of {@code ;name=value;name} from {@code from} on; -1 if one is not plain, might be
   * there twice, or is a tag without a value.
   */
  private static int paramsEnd(byte[] b, int from, int to, boolean quotes) {
    long seen = 0;
    int i = from;
    while (i < to && b[i] == ';') {
      int start = i + 1;
      int end = run(b, start, to, Grammar.PARAM_NAME);
      if (end == start) {
        return -1;
      }
      long mark = 1L << (end - start + 5 * lower(b[start]) + 11 * lower(b[end - 1]));
      if ((seen & mark) != 0) {
        return -1;
      }
      seen |= mark;
      boolean hasValue = end < to && b[end] == '=';
      i = hasValue ? valueEnd(b, end + 1, to, quotes) : end;
      if (i < 0 || !hasValue && isTag(b, start, end)) {
        return -1;
      }
    }
    return i;
  }

  private static boolean isTag(byte[] b, int from, int to) {
    return to - from == 3
        && lower(b[from]) == 't'
        && lower(b[from + 1]) == 'a'
        && lower(b[from + 2]) == 'g';
  }

  private static int valueEnd(byte[] b, int from, int to, boolean quotes) {
    if (from < to && b[from] == '"') {
      return quotes ? quotedEnd(b, from, to) : -1;
    }
    int end = run(b, from, to, Grammar.PLAIN_VALUE);
    return end == from ? -1 : end;
  }

  /** After the quoted string without escapes that opens at {@code open}; -1 if it is none. */
  private static int quotedEnd(byte[] b, int open, int to) {
    for (int i = open + 1; i < to; i++) {
      byte c = b[i];
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' || c == '\r' || c == '\n') {
        return -1;
      }
    }
    return -1;
  }

  private static int run(byte[] b, int from, int to, int classes) {
    int i = from;
    while (i < to && Grammar.is(b[i], classes)) {
      i++;
    }
    return i;
  }

  private static int digitsEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isHex(byte c) {
    return c >= '0' && c <= '9' || lower(c) >= 'a' && lower(c) <= 'f';
  }

  /** For comparing with a letter; a control character comes out as a digit or separator. */
  private static int lower(byte c) {
    return c | 0x20;
  }
}
