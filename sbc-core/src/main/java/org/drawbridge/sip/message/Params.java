package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} parameters of a header value or URI (RFC 3261 sections 7.3.1 and 19.1.1),
 * in their order. Names are compared without case. Values are kept as written; {@link #get} takes
 * the quotes off.
 */
public final class Params {
  /** More than this in one value is an attack, not an address. */
  private static final int MAX = 64;

  /** No parameters. */
  public static final Params EMPTY = new Params(List.of());

  /**
   * One parameter.
   *
   * @param name as written
   * @param value as written, with its quotes; null when there is no {@code =}
   */
  public record Param(String name, @Nullable String value) {}

  private final List<Param> list;

  private Params(List<Param> list) {
    this.list = list;
  }

  /**
   * Parses {@code ;a=b;c} from {@code from} to the end of the text.
   *
   * @throws SipSyntaxException if a parameter is empty, badly named, or its value unfinished
   */
  public static Params parse(String text, int from) throws SipSyntaxException {
    return parse(text, from, text.length());
  }

  static Params parse(String s, int from, int to) throws SipSyntaxException {
    int i = Math.min(Grammar.skipSpace(s, from), to);
    if (i >= to) {
      return EMPTY;
    }
    List<Param> list = new ArrayList<>(4);
    while (i < to) {
      if (s.charAt(i) != ';') {
        throw new SipSyntaxException("Expected ';' before a parameter", i);
      }
      int start = Grammar.skipSpace(s, i + 1);
      int nameEnd = nameEnd(s, start, to);
      i = Grammar.skipSpace(s, nameEnd);
      String value = null;
      if (i < to && s.charAt(i) == '=') {
        int valueStart = Grammar.skipSpace(s, i + 1);
        i = valueEnd(s, valueStart, to);
        value = s.substring(valueStart, i);
        i = Grammar.skipSpace(s, i);
      }
      add(list, new Param(s.substring(start, nameEnd), value), start);
    }
    return new Params(list);
  }

  /** RFC 3261 section 7.3.1: no name twice; which one counts would differ from reader to reader. */
  private static void add(List<Param> list, Param param, int at) throws SipSyntaxException {
    if (list.size() == MAX) {
      throw new SipSyntaxException("Too many parameters", at);
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).name().equalsIgnoreCase(param.name())) {
        throw new SipSyntaxException("Parameter given twice", at);
      }
    }
    list.add(param);
  }

  private static int nameEnd(String s, int start, int to) throws SipSyntaxException {
    int i = start;
    while (i < to && Grammar.is(s.charAt(i), Grammar.PARAM_NAME)) {
      i++;
    }
    if (i == start) {
      throw new SipSyntaxException("Missing parameter name", start);
    }
    return i;
  }

  private static int valueEnd(String s, int start, int to) throws SipSyntaxException {
    if (start < to && s.charAt(start) == '"') {
      return Grammar.quotedEnd(s, start);
    }
    int i = start;
    while (i < to && isValueChar(s.charAt(i))) {
      i++;
    }
    if (i == start) {
      throw new SipSyntaxException("Missing parameter value", start);
    }
    return i;
  }

  private static boolean isValueChar(char c) {
    return Grammar.is(c, Grammar.PARAM_VALUE) || c > 0x7f;
  }

  /** The value without its quotes; null if the parameter is absent or has no value. */
  public @Nullable String get(String name) {
    String raw = raw(name);
    return raw == null ? null : Grammar.unquote(raw);
  }

  /** The value as written, quotes included; null if the parameter is absent or has no value. */
  public @Nullable String raw(String name) {
    int i = indexOf(name);
    return i < 0 ? null : list.get(i).value();
  }

  /** Whether the parameter is there, with or without a value. */
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  private int indexOf(String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * This with one parameter set: replaced in its place, or added at the end. A value that starts
   * with a quote is taken as a finished quoted string.
   *
   * @param value null for a parameter without a value
   * @throws IllegalArgumentException if name or value could not be read back
   */
  public Params with(String name, @Nullable String value) {
    Param param = checked(name, value);
    List<Param> copy = new ArrayList<>(list);
    int i = indexOf(name);
    if (i < 0) {
      copy.add(param);
    } else {
      copy.set(i, param);
    }
    return new Params(copy);
  }

  private static Param checked(String name, @Nullable String value) {
    try {
      boolean whole = nameEnd(name, 0, name.length()) == name.length();
      if (whole
          && (value == null
              || valueEnd(Grammar.oneLine(value), 0, value.length()) == value.length())) {
        return new Param(name, value);
      }
    } catch (SipSyntaxException e) {
      throw new IllegalArgumentException("not a parameter: " + Grammar.oneLine(name), e);
    }
    throw new IllegalArgumentException("not a parameter: " + Grammar.oneLine(name));
  }

  /** This with one parameter whose value is written as a quoted string. */
  public Params withQuoted(String name, String value) {
    return with(name, Grammar.quote(value));
  }

  /** This without the parameter. */
  public Params without(String name) {
    int i = indexOf(name);
    if (i < 0) {
      return this;
    }
    List<Param> copy = new ArrayList<>(list);
    copy.remove(i);
    return copy.isEmpty() ? EMPTY : new Params(copy);
  }

  /** The parameters in their order. */
  public List<Param> asList() {
    return List.copyOf(list);
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** How many there are. */
  public int size() {
    return list.size();
  }

  void appendTo(StringBuilder out) {
    for (int i = 0; i < list.size(); i++) {
      Param param = list.get(i);
      out.append(';').append(param.name());
      if (param.value() != null) {
        out.append('=').append(param.value());
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Params that && list.equals(that.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  /** The wire form, {@code ;a=b;c}; empty text when there are none. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }
}
