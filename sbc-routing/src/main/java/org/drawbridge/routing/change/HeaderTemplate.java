package org.drawbridge.routing.change;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of a header with places to fill: {@code $0} to {@code $9} for what {@code to} captured,
 * {@code $(caller)}, {@code $(to)}, {@code $(source)} and {@code $(header:NAME)}, {@code $$} for a
 * dollar sign. Immutable.
 *
 * @param parts text and places in their order
 */
public record HeaderTemplate(List<Part> parts) {

  /** Longest value that is written, in characters. */
  private static final int MAX_VALUE = 1000;

  public HeaderTemplate {
    parts = List.copyOf(parts);
  }

  /** A piece of a template. */
  public sealed interface Part {

    /** Text as it stands. */
    record Text(String text) implements Part {}

    /** What a group of {@code to} captured; 0 is all of it. */
    record Group(int number) implements Part {}

    /** A place with a name. */
    record Place(String name) implements Part {}
  }

  /** What fills the places for one call. */
  public interface Source {

    /** What {@code to} captured, the whole number first. */
    List<String> groups();

    /** The text of a place; empty where there is none. */
    String place(String name);
  }

  /** The places that have a name, beside {@code header:NAME}. */
  public static final List<String> PLACES = List.of("caller", "to", "source");

  /** Begins the place of a header. */
  public static final String HEADER = "header:";

  /** What came of reading a template. */
  public sealed interface Reading {

    /** It can be used. */
    record Read(HeaderTemplate template) implements Reading {}

    /** Something is wrong with it. */
    record Wrong(String why) implements Reading {}
  }

  /**
   * Reads a template.
   *
   * @param groups how many groups {@code to} captures
   */
  public static Reading read(String text, int groups) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0 || dollar > at) {
        parts.add(new Part.Text(text.substring(at, dollar < 0 ? text.length() : dollar)));
        at = dollar < 0 ? text.length() : dollar;
        continue;
      }
      char next = dollar + 1 < text.length() ? text.charAt(dollar + 1) : ' ';
      int close = next == '(' ? text.indexOf(')', dollar) : dollar + 1;
      if (next != '$' && next != '(' && (next < '0' || next > '9') || close < 0) {
        return new Reading.Wrong(
            "after $ comes the number of a group, 0 to 9, a place as in $(caller), or another $");
      }
      if (next == '$') {
        parts.add(new Part.Text("$"));
      } else if (next != '(') {
        parts.add(new Part.Group(next - '0'));
      } else {
        parts.add(new Part.Place(text.substring(dollar + 2, close)));
      }
      at = close + 1;
    }
    return checked(parts, groups);
  }

  private static Reading checked(List<Part> parts, int groups) {
    for (Part part : parts) {
      if (part instanceof Part.Group(int number) && number > groups) {
        return new Reading.Wrong(
            "$" + number + " refers to a group that `to` in `when` does not have");
      }
      if (part instanceof Part.Place(String name)
          && !PLACES.contains(name)
          && !name.matches(HEADER + "[A-Za-z0-9.!%*_+`'~-]{1,64}")) {
        return new Reading.Wrong(
            "there is no $("
                + name
                + "): there are $(caller), $(to), $(source) and $(header:NAME)");
      }
    }
    return new Reading.Read(new HeaderTemplate(parts));
  }

  /**
   * The text for one call. Of what is filled in, characters are left out that could end a header
   * line, an address or a quoted string; empty where it would be too long.
   */
  String fill(Source source) {
    StringBuilder out = new StringBuilder(64);
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> out.append(text);
        case Part.Group(int number) -> harmless(source.groups().get(number), out);
        case Part.Place(String name) -> harmless(source.place(name), out);
      }
    }
    return out.length() > MAX_VALUE ? "" : out.toString().strip();
  }

  private static void harmless(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isISOControl(c) && c != '<' && c != '>' && c != '"' && c != '\\') {
        out.append(c);
      }
    }
  }
}
