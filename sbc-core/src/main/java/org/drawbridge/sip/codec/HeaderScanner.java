package org.drawbridge.sip.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.drawbridge.sip.message.HeaderIndex;
import org.drawbridge.sip.message.HeaderName;

/**
 * Finds the lines of a message (RFC 3261 section 7.3). Lines end with CRLF and nothing else: a lone
 * CR or LF could mean one header to us and two to the next hop, so it is refused. A NUL may stand
 * only where the grammar has it, after a backslash in a quoted string.
 */
final class HeaderScanner {
  private static final int EXPECTED_LINES = 24;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FOURTEENS = 0x0e0e_0e0e_0e0e_0e0eL;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private final byte[] wire;
  private final ParseLimits limits;
  private final HeaderIndex index = new HeaderIndex(EXPECTED_LINES);

  HeaderScanner(byte[] wire, ParseLimits limits) {
    this.wire = wire;
    this.limits = limits;
  }

  /** The lines found so far, also after a fault. */
  HeaderIndex index() {
    return index;
  }

  /** The position of the CR that ends the start line. */
  int startLineEnd() throws Fault {
    return lineEnd(0, limits.maxHeaderLine() + limits.maxUri());
  }

  /**
   * Indexes all header lines from {@code from} on and returns where the body starts. Lines after a
   * bad one are indexed as well, so that the request can be answered.
   *
   * @throws Fault the first one found
   */
  int scan(int from) throws Fault {
    int start = from;
    Fault first = null;
    while (!isEnd(start)) {
      if (index.count() >= limits.maxHeaders()) {
        throw Fault.badRequest("Too many header fields", start);
      }
      try {
        start = header(start);
      } catch (Fault fault) {
        first = first == null ? fault : first;
        start = nextLine(start);
      }
      if (start + 1 >= wire.length) {
        throw first == null ? Fault.badRequest("Headers do not end", wire.length) : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return start + 2;
  }

  private boolean isEnd(int i) {
    return i + 1 < wire.length && wire[i] == '\r' && wire[i + 1] == '\n';
  }

  /**
   * After the line at {@code from} and what is folded to it, so that no byte is looked at over and
   * over.
   */
  private int nextLine(int from) {
    int i = from;
    do {
      while (i < wire.length && !isEnd(i)) {
        i++;
      }
      i += 2;
    } while (i < wire.length && isBlank(wire[i]));
    return i;
  }

  private int header(int start) throws Fault {
    int end = lineEnd(start, limits.maxHeaderLine());
    while (end + 2 < wire.length && isBlank(wire[end + 2])) {
      int next = lineEnd(end + 2, limits.maxHeaderLine());
      if (next - start > limits.maxHeaderLine()) {
        throw Fault.badRequest("Header line too long", start);
      }
      if (isEmpty(end + 2, next)) {
        throw Fault.badRequest("Blank line inside the headers", end + 2);
      }
      end = next;
    }
    int nameEnd = start;
    while (nameEnd < end && isToken(wire[nameEnd])) {
      nameEnd++;
    }
    int colon = nameEnd;
    while (colon < end && isBlank(wire[colon])) {
      colon++;
    }
    if (nameEnd == start || colon == end || wire[colon] != ':') {
      throw Fault.badRequest("Not a header field", start);
    }
    addLine(start, nameEnd, colon + 1, end);
    return end + 2;
  }

  /** A folded line of blanks only: some take it for the end of the headers. */
  private boolean isEmpty(int from, int to) {
    int i = from;
    while (i < to && isBlank(wire[i])) {
      i++;
    }
    return i == to;
  }

  private void addLine(int start, int nameEnd, int afterColon, int end) {
    int valueStart = afterColon;
    while (valueStart < end && isBlankOrBreak(wire[valueStart])) {
      valueStart++;
    }
    int valueEnd = end;
    while (valueEnd > valueStart && isBlankOrBreak(wire[valueEnd - 1])) {
      valueEnd--;
    }
    HeaderName name = HeaderName.of(wire, start, nameEnd);
    index.add(name == null ? -1 : name.ordinal(), start, nameEnd, valueStart, valueEnd, end + 2);
  }

  /** The position of the CR of the CRLF that ends the line at {@code start}. */
  private int lineEnd(int start, int limit) throws Fault {
    byte[] b = wire;
    int stop = Math.min(b.length, start + limit + 2);
    for (int i = nextControl(start, stop); i < stop; i = nextControl(i + 1, stop)) {
      byte c = b[i];
      if (c == '\r' && i + 1 < b.length && b[i + 1] == '\n') {
        return i;
      }
      if (c == '\r' || c == '\n' || c == 0 && b[Math.max(i - 1, start)] != '\\') {
        throw Fault.badRequest("Stray CR, LF or NUL", i);
      }
    }
    if (stop < b.length) {
      throw Fault.badRequest("Header line too long", start);
    }
    throw Fault.badRequest("Headers do not end", b.length);
  }

  /**
   * The first byte from {@code i} on that is 0 to 13, looking at eight at a time; {@code stop} if
   * there is none.
   */
  private int nextControl(int i, int stop) {
    while (i + Long.BYTES <= stop) {
      long eight = (long) LONGS.get(wire, i);
      long hits = eight - FOURTEENS & ~eight & HIGH_BITS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >> 3);
      }
      i += Long.BYTES;
    }
    while (i < stop && (wire[i] < 0 || wire[i] > '\r')) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isBlankOrBreak(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  static boolean isToken(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '-'
        || c >= '0' && c <= '9'
        || c > ' ' && "!%*_+`'~.".indexOf(c) >= 0;
  }
}
