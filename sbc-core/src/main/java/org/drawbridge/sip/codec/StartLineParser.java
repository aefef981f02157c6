package org.drawbridge.sip.codec;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.StartLine.RequestLine;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/** Request-Line and Status-Line (RFC 3261 sections 7.1 and 7.2). */
final class StartLineParser {
  private static final String VERSION = "SIP/2.0";

  private StartLineParser() {}

  /** Whether this is a Status-Line, or wants to be one. */
  static boolean isResponse(byte[] wire, int end) {
    return end >= 4
        && (wire[0] | 0x20) == 's'
        && (wire[1] | 0x20) == 'i'
        && (wire[2] | 0x20) == 'p'
        && wire[3] == '/';
  }

  /** The status code of a Status-Line. Its version is put into capitals, as all write it. */
  static int status(byte[] wire, int end) throws Fault {
    if (end < 8 || wire[4] != '2' || wire[5] != '.' || wire[6] != '0' || wire[7] != ' ') {
      throw new Fault(505, "Version Not Supported", 0);
    }
    boolean three = end == 11 || end > 11 && wire[11] == ' ';
    int status = three ? digits(wire, 8) : -1;
    if (status < 100 || status > 699) {
      throw Fault.badRequest("Bad status code", 8);
    }
    capitals(wire, 0);
    return status;
  }

  private static int digits(byte[] wire, int from) {
    int value = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = wire[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static void capitals(byte[] wire, int at) {
    wire[at] = 'S';
    wire[at + 1] = 'I';
    wire[at + 2] = 'P';
  }

  /**
   * A Request-Line; null if it is so plain that {@link SipRequest} finds its parts in the bytes.
   * Its version is put into capitals, as all write it.
   */
  static @Nullable RequestLine request(byte[] wire, int end, ParseLimits limits) throws Fault {
    if (SipRequest.isPlain(wire, end, limits.maxUri())) {
      return null;
    }
    RequestLine line = request(new String(wire, 0, end, StandardCharsets.UTF_8), limits);
    capitals(wire, end - VERSION.length());
    return line;
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
    return i == end || isResponse(wire, i) ? "" : new String(wire, 0, i, StandardCharsets.UTF_8);
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
