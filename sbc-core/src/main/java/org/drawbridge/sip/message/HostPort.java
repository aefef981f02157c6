package org.drawbridge.sip.message;

import java.util.Locale;

/**
 * A host and an optional port (RFC 3261 section 25.1 {@code hostport}).
 *
 * @param host name, IPv4 address, or IPv6 reference with its brackets
 * @param port 0-65535, or -1 when none is written
 */
public record HostPort(String host, int port) {

  /**
   * Parses all of the text.
   *
   * @throws SipSyntaxException if it is no {@code host [":" port]}
   */
  public static HostPort parse(String text) throws SipSyntaxException {
    return parse(text, 0, text.length());
  }

  static HostPort parse(String s, int from, int to) throws SipSyntaxException {
    int hostEnd = hostEnd(s, from, to);
    String host = s.substring(from, hostEnd);
    int i = hostEnd;
    while (i < to && Grammar.isSpace(s.charAt(i))) {
      i++;
    }
    if (i == to) {
      return new HostPort(host, -1);
    }
    if (s.charAt(i) != ':') {
      throw new SipSyntaxException("Bad character in host", i);
    }
    do {
      i++;
    } while (i < to && Grammar.isSpace(s.charAt(i)));
    int port = (int) Grammar.number(s, i, to, 65_535);
    if (port < 0) {
      throw new SipSyntaxException("Bad port", i);
    }
    return new HostPort(host, port);
  }

  private static int hostEnd(String s, int from, int to) throws SipSyntaxException {
    if (from < to && s.charAt(from) == '[') {
      int close = s.indexOf(']', from);
      if (close < 0 || close >= to || !isIpv6(s, from + 1, close)) {
        throw new SipSyntaxException("Bad IPv6 reference", from);
      }
      return close + 1;
    }
    int i = from;
    while (i < to && Grammar.is(s.charAt(i), Grammar.HOST)) {
      i++;
    }
    if (i == from) {
      throw new SipSyntaxException("Missing host", from);
    }
    return i;
  }

  private static boolean isIpv6(String s, int from, int to) {
    int colons = 0;
    for (int i = from; i < to; i++) {
      char c = s.charAt(i);
      colons += c == ':' ? 1 : 0;
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return colons >= 2 && to - from <= 45;
  }

  /** The host without IPv6 brackets, in lower case: fit for an address parser or a table key. */
  public String bareHost() {
    return bare(host);
  }

  static String bare(String host) {
    String text = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return text.toLowerCase(Locale.ROOT);
  }

  /** The wire form. */
  @Override
  public String toString() {
    return port < 0 ? host : host + ':' + port;
  }
}
