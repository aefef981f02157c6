package org.drawbridge.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Byte strings, written at one end and let go at the other, in a few large pages. The place of one
 * is a number from 0 on that never comes again. Not thread-safe.
 */
public final class FifoBytes {

  private static final int LENGTH_BYTES = 4;
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final int pageBytes;
  private final Deque<Page> pages = new ArrayDeque<>();
  private long end;

  /** What is written from one place to the next; a long string may make a page longer. */
  private record Page(long start, byte[] bytes) {

    boolean has(long place) {
      return place - start < bytes.length;
    }
  }

  /**
   * Empty bytes.
   *
   * @param pageBytes size of a page, in bytes
   */
  public FifoBytes(int pageBytes) {
    this.pageBytes = pageBytes;
  }

  /** How many bytes the pages take. */
  public long allocated() {
    return pages.stream().mapToLong(page -> page.bytes.length).sum();
  }

  /** Writes a string at the end and tells its place. */
  public long append(byte[] string) {
    int length = LENGTH_BYTES + string.length;
    Page page = pages.peekLast();
    if (page == null || !page.has(end + length - 1)) {
      long start = page == null ? end : page.start + page.bytes.length;
      page = new Page(start, new byte[Math.max(pageBytes, length)]);
      pages.addLast(page);
      end = start;
    }
    long place = end;
    int at = (int) (place - page.start);
    LENGTH.set(page.bytes, at, string.length);
    System.arraycopy(string, 0, page.bytes, at + LENGTH_BYTES, string.length);
    end += length;
    return place;
  }

  /** A copy of the string at a place that was not let go. */
  public byte[] at(long place) {
    Page page = pageOf(place);
    int at = (int) (place - page.start);
    byte[] string = new byte[(int) LENGTH.get(page.bytes, at)];
    System.arraycopy(page.bytes, at + LENGTH_BYTES, string, 0, string.length);
    return string;
  }

  /** Lets go of what was written before the string at a place. */
  public void releaseBefore(long place) {
    for (Page page = pages.peekFirst();
        page != null && !page.has(place);
        page = pages.peekFirst()) {
      pages.removeFirst();
    }
  }

  /** Lets go of all. */
  public void clear() {
    pages.clear();
  }

  private Page pageOf(long place) {
    for (Page page : pages) {
      if (place >= page.start && page.has(place)) {
        return page;
      }
    }
    throw new IllegalArgumentException("Nothing is kept at " + place);
  }
}
