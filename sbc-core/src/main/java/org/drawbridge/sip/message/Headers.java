package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message in their order (RFC 3261 section 7.3). Text is decoded as UTF-8
 * when asked for, folded lines are joined by one blank.
 */
public final class Headers implements Iterable<Headers.Field> {
  /**
   * One header line.
   *
   * @param known the constant for the name; null if there is none
   * @param name as written
   * @param value unfolded, without surrounding blanks
   */
  public record Field(@Nullable HeaderName known, String name, String value) {}

  private final byte[] wire;
  private final HeaderIndex index;

  Headers(byte[] wire, HeaderIndex index) {
    this.wire = wire;
    this.index = index;
  }

  /** The lines of an index over these bytes; for the codec. */
  public static Headers of(byte[] wire, HeaderIndex index) {
    return new Headers(wire, index);
  }

  /** The value of the first such line; null if there is none. */
  public @Nullable String first(HeaderName name) {
    int i = next(name, 0);
    return i < 0 ? null : value(i);
  }

  /** The values of such lines, one an element, not split at commas. */
  public List<String> all(HeaderName name) {
    List<String> out = new ArrayList<>(2);
    for (int i = next(name, 0); i >= 0; i = next(name, i + 1)) {
      out.add(value(i));
    }
    return out;
  }

  /**
   * The members of a comma separated header over all its lines, split outside quotes and angle
   * brackets.
   */
  public List<String> values(HeaderName name) {
    List<String> out = new ArrayList<>(2);
    for (int i = next(name, 0); i >= 0; i = next(name, i + 1)) {
      Grammar.splitList(value(i), out);
    }
    return out;
  }

  /** Whether there is such a line. */
  public boolean has(HeaderName name) {
    return next(name, 0) >= 0;
  }

  /** How many such lines there are. */
  public int count(HeaderName name) {
    int n = 0;
    for (int i = next(name, 0); i >= 0; i = next(name, i + 1)) {
      n++;
    }
    return n;
  }

  /** As {@link #first(HeaderName)}, for any name in any case. */
  public @Nullable String first(String name) {
    int i = next(name, HeaderName.of(name), 0);
    return i < 0 ? null : value(i);
  }

  /** As {@link #all(HeaderName)}, for any name in any case. */
  public List<String> all(String name) {
    HeaderName known = HeaderName.of(name);
    List<String> out = new ArrayList<>(2);
    for (int i = next(name, known, 0); i >= 0; i = next(name, known, i + 1)) {
      out.add(value(i));
    }
    return out;
  }

  /** How many header lines there are. */
  public int size() {
    return index.count();
  }

  @Override
  public Iterator<Field> iterator() {
    return new Iterator<>() {
      private int i;

      @Override
      public boolean hasNext() {
        return i < index.count();
      }

      @Override
      public Field next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return field(i++);
      }
    };
  }

  Field field(int i) {
    return new Field(known(i), name(i), value(i));
  }

  int next(HeaderName name, int from) {
    return index.next(name, from);
  }

  private int next(String name, @Nullable HeaderName known, int from) {
    if (known != null) {
      return next(known, from);
    }
    for (int i = from; i < index.count(); i++) {
      if (index.header(i) < 0 && name.equalsIgnoreCase(name(i))) {
        return i;
      }
    }
    return -1;
  }

  @Nullable HeaderName known(int i) {
    int ordinal = index.header(i);
    return ordinal < 0 ? null : HeaderName.at(ordinal);
  }

  String name(int i) {
    int from = index.nameStart(i);
    return new String(wire, from, index.nameEnd(i) - from, StandardCharsets.UTF_8);
  }

  String value(int i) {
    int from = index.valueStart(i);
    String text = new String(wire, from, index.valueEnd(i) - from, StandardCharsets.UTF_8);
    return text.indexOf('\n') < 0 ? text : unfold(text);
  }

  private static String unfold(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\r' && c != '\n') {
        out.append(c);
        continue;
      }
      int end = out.length();
      while (end > 0 && Grammar.isSpace(out.charAt(end - 1))) {
        end--;
      }
      out.setLength(end);
      out.append(' ');
      while (i + 1 < text.length() && " \t\r\n".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
      }
    }
    return out.toString();
  }

  HeaderIndex index() {
    return index;
  }

  byte[] wire() {
    return wire;
  }
}
