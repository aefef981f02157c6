package org.drawbridge.sip.codec;

import org.drawbridge.sip.message.HeaderName;

/**
 * Reads out of the header section of a message on a stream how long its body is (RFC 3261 section
 * 18.3), before the message is there as a whole. {@code bytes[from, to)} ends with the empty line.
 */
final class StreamHead {
  private static final int NONE = -1;

  private final byte[] bytes;
  private final int to;
  private int length = NONE;
  private boolean hasType;

  private StreamHead(byte[] bytes, int to) {
    this.bytes = bytes;
    this.to = to;
  }

  /**
   * The length of the body. Without a Content-Length it is 0, unless a Content-Type says that there
   * is one.
   *
   * @throws Fault if it is not known, which ends the stream
   */
  static int bodyLength(byte[] bytes, int from, int to) throws Fault {
    StreamHead head = new StreamHead(bytes, to);
    int start = head.lineEnd(from) + 2;
    if (!isSip(bytes, from, start - 2)) {
      throw Fault.badRequest("Not SIP", 0);
    }
    while (start < to - 2) {
      start = head.line(start);
    }
    if (head.length == NONE && head.hasType) {
      throw Fault.badRequest("Missing Content-Length", 0);
    }
    return Math.max(head.length, 0);
  }

  /**
   * Whether {@code SIP/} starts the line or its last word; anything else on the port is another
   * protocol.
   */
  private static boolean isSip(byte[] bytes, int from, int end) {
    int word = end;
    while (word > from && bytes[word - 1] != ' ') {
      word--;
    }
    return startsWithSip(bytes, from, end) || startsWithSip(bytes, word, end);
  }

  private static boolean startsWithSip(byte[] b, int at, int end) {
    return at + 4 <= end
        && (b[at] | 0x20) == 's'
        && (b[at + 1] | 0x20) == 'i'
        && (b[at + 2] | 0x20) == 'p'
        && b[at + 3] == '/';
  }

  private int line(int start) throws Fault {
    int end = lineEnd(start);
    while (end + 2 < to && (bytes[end + 2] == ' ' || bytes[end + 2] == '\t')) {
      end = lineEnd(end + 2);
    }
    int nameEnd = start;
    while (nameEnd < end && bytes[nameEnd] > ' ' && bytes[nameEnd] != ':') {
      nameEnd++;
    }
    HeaderName name = HeaderName.of(bytes, start, nameEnd);
    if (name == HeaderName.CONTENT_LENGTH) {
      takeLength(nameEnd, end);
    }
    hasType |= name == HeaderName.CONTENT_TYPE;
    return end + 2;
  }

  private void takeLength(int from, int end) throws Fault {
    int i = skipBlank(from, end);
    i = i < end && bytes[i] == ':' ? skipBlank(i + 1, end) : end;
    int value = 0;
    int digits = 0;
    for (; i < end && bytes[i] >= '0' && bytes[i] <= '9' && digits < 9; i++, digits++) {
      value = value * 10 + bytes[i] - '0';
    }
    if (digits == 0 || skipBlank(i, end) != end) {
      throw Fault.badRequest("Bad Content-Length", 0);
    }
    if (length != NONE) {
      throw Fault.badRequest("More than one Content-Length", 0);
    }
    length = value;
  }

  private int skipBlank(int i, int end) {
    while (i < end
        && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n')) {
      i++;
    }
    return i;
  }

  private int lineEnd(int start) {
    int i = start;
    while (i + 1 < to && !(bytes[i] == '\r' && bytes[i + 1] == '\n')) {
      i++;
    }
    return i;
  }
}
