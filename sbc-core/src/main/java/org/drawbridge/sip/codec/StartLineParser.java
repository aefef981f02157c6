package org.drawbridge.sip.codec;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.StartLine;
import org.drawbridge.sip.message.StartLine.RequestLine;
import org.drawbridge.sip.message.StartLine.StatusLine;
import org.drawbridge.sip.message.Uri;

/** Request-Line and Status-Line (RFC 3261 sections 7.1 and 7.2). */
final class StartLineParser {
  private static final String VERSION = "SIP/2.0";

  private StartLineParser() {}

  static StartLine parse(byte[] wire, int end, ParseLimits limits) throws Fault {
    String line = new String(wire, 0, end, StandardCharsets.UTF_8);
    return line.regionMatches(true, 0, "SIP/", 0, 4) ? status(line) : request(line, limits);
  }

  /**
   * The method of what looks like a request, however wrong the rest is; empty for a response or
   * garbage.
   */
  static String methodOf(byte[] wire, int end) {
    int i = 0;
    while (i < end && wire[i] > ' ') {
      i++;
    }
    boolean response =
        i >= 4 && new String(wire, 0, 4, StandardCharsets.ISO_8859_1).equalsIgnoreCase("SIP/");
    return i == end || response ? "" : new String(wire, 0, i, StandardCharsets.UTF_8);
  }

  private static StatusLine status(String line) throws Fault {
    if (!line.regionMatches(true, 0, VERSION, 0, 7) || line.length() < 8 || line.charAt(7) != ' ') {
      throw new Fault(505, "Version Not Supported", 0);
    }
    boolean three = line.length() == 11 || line.length() > 11 && line.charAt(11) == ' ';
    int status = three ? digits(line, 8) : -1;
    if (status < 100 || status > 699) {
      throw Fault.badRequest("Bad status code", 8);
    }
    return new StatusLine(status, line.length() > 12 ? line.substring(12) : "");
  }

  private static int digits(String line, int from) {
    int value = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static RequestLine request(String line, ParseLimits limits) throws Fault {
    int space = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (space <= 0 || last == space) {
      throw Fault.badRequest("Bad Request-Line", 0);
    }
    String version = line.substring(last + 1);
    if (!version.equalsIgnoreCase(VERSION)) {
      boolean sip = version.regionMatches(true, 0, "SIP/", 0, 4);
      throw sip
          ? new Fault(505, "Version Not Supported", last + 1)
          : Fault.badRequest("Bad Request-Line", last + 1);
    }
    if (last - space - 1 > limits.maxUri()) {
      throw new Fault(414, "Request-URI Too Long", space + 1);
    }
    String token = line.substring(0, space);
    for (int i = 0; i < token.length(); i++) {
      if (!HeaderScanner.isToken((byte) token.charAt(i)) || token.charAt(i) > 127) {
        throw Fault.badRequest("Bad method", i);
      }
    }
    return new RequestLine(
        Method.of(token), token, uri(line.substring(space + 1, last), space + 1));
  }

  private static Uri uri(String text, int at) throws Fault {
    try {
      Uri uri = Uri.parse(text);
      if (uri instanceof SipUri sip && sip.headers() != null) {
        throw Fault.badRequest("Request-URI with header fields", at);
      }
      return uri;
    } catch (SipSyntaxException e) {
      throw Fault.badRequest("Bad Request-URI: " + e.getMessage(), at + e.offset());
    }
  }
}
