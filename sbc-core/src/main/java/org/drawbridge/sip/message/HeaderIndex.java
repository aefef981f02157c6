package org.drawbridge.sip.message;

import java.util.Arrays;

/**
 * Where the header lines of a message lie in its bytes. Filled once, by the parser or the builder,
 * on the thread that makes the message; not changed afterwards.
 */
public final class HeaderIndex {
  private static final int STRIDE = 6;

  private int[] cells;
  private int count;

  /** An empty index with room for {@code expected} lines; it grows. */
  public HeaderIndex(int expected) {
    cells = new int[Math.max(expected, 4) * STRIDE];
  }

  /**
   * Adds a line. All positions count from the start of the message.
   *
   * @param header the {@link HeaderName}'s ordinal, or -1
   * @param nameStart where the line and its name start
   * @param nameEnd the end of the name
   * @param valueStart the first byte of the value that is no blank
   * @param valueEnd the end of the value without trailing blanks and CRLF
   * @param lineEnd the start of the next line
   */
  public void add(
      int header, int nameStart, int nameEnd, int valueStart, int valueEnd, int lineEnd) {
    int at = count * STRIDE;
    if (at == cells.length) {
      cells = Arrays.copyOf(cells, cells.length * 2);
    }
    cells[at] = header;
    cells[at + 1] = nameStart;
    cells[at + 2] = nameEnd;
    cells[at + 3] = valueStart;
    cells[at + 4] = valueEnd;
    cells[at + 5] = lineEnd;
    count++;
  }

  /** Adds a line of another message, copied to {@code start} in this one. */
  void addCopy(HeaderIndex from, int i, int start) {
    int shift = start - from.nameStart(i);
    add(
        from.header(i),
        start,
        from.nameEnd(i) + shift,
        from.valueStart(i) + shift,
        from.valueEnd(i) + shift,
        from.lineEnd(i) + shift);
  }

  /** The index of the same lines after one of them got {@code more} bytes in its value. */
  HeaderIndex grown(int line, int more) {
    HeaderIndex other = new HeaderIndex(count);
    System.arraycopy(cells, 0, other.cells, 0, count * STRIDE);
    other.count = count;
    other.cells[line * STRIDE + 4] += more;
    other.cells[line * STRIDE + 5] += more;
    for (int i = 0; i < count; i++) {
      if (cells[i * STRIDE + 1] > cells[line * STRIDE + 1]) {
        for (int cell = 1; cell < STRIDE; cell++) {
          other.cells[i * STRIDE + cell] += more;
        }
      }
    }
    return other;
  }

  /** How many lines there are. */
  public int count() {
    return count;
  }

  /** The first line of this name; -1 if there is none. */
  public int first(HeaderName name) {
    return next(name, 0);
  }

  /** The first such line at or after line {@code from}; -1 if there is none. */
  int next(HeaderName name, int from) {
    int wanted = name.ordinal();
    for (int i = from; i < count; i++) {
      if (cells[i * STRIDE] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The {@link HeaderName}'s ordinal of a line, or -1. */
  public int header(int i) {
    return cells[i * STRIDE];
  }

  int nameStart(int i) {
    return cells[i * STRIDE + 1];
  }

  int nameEnd(int i) {
    return cells[i * STRIDE + 2];
  }

  /** The first byte of a line's value that is no blank. */
  public int valueStart(int i) {
    return cells[i * STRIDE + 3];
  }

  /** The end of a line's value without trailing blanks and CRLF. */
  public int valueEnd(int i) {
    return cells[i * STRIDE + 4];
  }

  int lineEnd(int i) {
    return cells[i * STRIDE + 5];
  }
}
