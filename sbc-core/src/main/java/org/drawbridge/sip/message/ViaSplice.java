package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Notes where a request came from in the bytes of its top Via (RFC 3261 section 18.2.1, RFC 3581
 * section 4): every request gets this, so nothing is parsed or written anew for it.
 */
public final class ViaSplice {

  private ViaSplice() {}

  /**
   * The request with {@code received} and, where it asks or must be told, {@code rport}.
   *
   * @param address the source, an IPv6 address without brackets
   * @param withPort whether {@code rport} is added where it is not asked for
   * @return null if the Via is written so, or says so much already, that it has to be parsed
   */
  public static @Nullable SipRequest received(
      SipRequest request, String address, int port, boolean withPort) {
    HeaderIndex index = request.headers().index();
    byte[] wire = request.wire();
    int line = index.first(HeaderName.VIA);
    int from = index.valueStart(line);
    int to = PlainSyntax.memberEnd(wire, from, index.valueEnd(line));
    if (!PlainSyntax.isVia(wire, from, to)) {
      return null;
    }
    int asked = -1;
    for (int i = nextParam(wire, from, to); i < to; i = nextParam(wire, i, to)) {
      int end = nameEnd(wire, i, to);
      if (is(wire, i, end, "received") || is(wire, i, end, "keep")) {
        return null;
      }
      if (is(wire, i, end, "rport")) {
        if (end < to && wire[end] == '=') {
          return null;
        }
        asked = end;
      }
    }
    String noted = ";received=" + address;
    return asked < 0
        ? splice(request, line, to, "", to, withPort ? ";rport=" + port + noted : noted)
        : splice(request, line, asked, "=" + port, to, noted);
  }

  /** After the next semicolon, or the end. */
  private static int nextParam(byte[] wire, int from, int to) {
    int i = from;
    while (i < to && wire[i] != ';') {
      i++;
    }
    return i < to ? i + 1 : to;
  }

  private static int nameEnd(byte[] wire, int from, int to) {
    int i = from;
    while (i < to && wire[i] != ';' && wire[i] != '=') {
      i++;
    }
    return i;
  }

  private static boolean is(byte[] wire, int from, int to, String name) {
    if (to - from != name.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((wire[i] | 0x20) != name.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /** Puts two texts into one line. */
  private static SipRequest splice(
      SipRequest request, int line, int first, String one, int second, String other) {
    byte[] wire = request.wire();
    int more = one.length() + other.length();
    byte[] out = new byte[wire.length + more];
    System.arraycopy(wire, 0, out, 0, first);
    int at = put(one, out, first);
    System.arraycopy(wire, first, out, at, second - first);
    at = put(other, out, at + second - first);
    System.arraycopy(wire, second, out, at, wire.length - second);
    return request.withLineGrown(line, out, more);
  }

  private static int put(String text, byte[] out, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, out, at, bytes.length);
    return at + bytes.length;
  }
}
