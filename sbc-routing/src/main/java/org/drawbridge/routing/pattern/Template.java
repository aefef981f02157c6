package org.drawbridge.routing.pattern;

import java.util.List;

/**
 * Text in which {@code $0} stands for the whole number, {@code $1} to {@code $9} for what a group
 * captured and {@code $$} for a dollar sign.
 */
public record Template(String text) {

  /** The highest group the text refers to, or 0. */
  public int highestGroup() {
    int highest = 0;
    for (int i = 0; i + 1 < text.length(); i++) {
      if (text.charAt(i) == '$') {
        highest = Math.max(highest, Character.digit(text.charAt(++i), 10));
      }
    }
    return highest;
  }

  /** Whether it refers to no group, nor to the whole number. */
  public boolean isFixed() {
    return !text.replace("$$", "").contains("$");
  }

  /** Whether each dollar sign is followed by a digit or another dollar sign. */
  public boolean wellFormed() {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '$' && (++i == text.length() || !follows(text.charAt(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean follows(char c) {
    return c == '$' || (c >= '0' && c <= '9');
  }

  /** Fills in the captures; a well-formed template whose groups all exist never fails. */
  public String fill(List<String> groups) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '$') {
        out.append(c);
        continue;
      }
      char next = text.charAt(++i);
      out.append(next == '$' ? "$" : groups.get(next - '0'));
    }
    return out.toString();
  }
}
