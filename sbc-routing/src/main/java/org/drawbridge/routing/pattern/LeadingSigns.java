package org.drawbridge.routing.pattern;

/**
 * Lets {@code +} and {@code *} stand for themselves where there is nothing to repeat: at the start
 * of an expression, an alternative or a group. Telephone numbers and feature codes begin so, and
 * RE2 would refuse them.
 */
final class LeadingSigns {

  private LeadingSigns() {}

  static String escape(String expression) {
    StringBuilder out = new StringBuilder(expression.length() + 4);
    boolean start = true;
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (start && (c == '+' || c == '*')) {
        out.append('\\');
      }
      int next = tokenEnd(expression, i);
      out.append(expression, i, next);
      start = c == '|' || c == '(' || (start && c == '^');
      i = next;
    }
    return out.toString();
  }

  /** Index after the token at {@code i}: an escape, a class, a group's head or one character. */
  private static int tokenEnd(String text, int i) {
    return switch (text.charAt(i)) {
      case '\\' -> escapeEnd(text, i);
      case '[' -> classEnd(text, i);
      case '(' -> groupHeadEnd(text, i);
      default -> i + 1;
    };
  }

  /** After {@code \Q} everything up to {@code \E} is one token. */
  private static int escapeEnd(String text, int i) {
    if (!text.startsWith("\\Q", i)) {
      return Math.min(i + 2, text.length());
    }
    int end = text.indexOf("\\E", i + 2);
    return end < 0 ? text.length() : end + 2;
  }

  /** A closing bracket that comes first in a class stands for itself. */
  private static int classEnd(String text, int i) {
    int at = i + 1;
    if (text.startsWith("^", at)) {
      at++;
    }
    if (text.startsWith("]", at)) {
      at++;
    }
    while (at < text.length() && text.charAt(at) != ']') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  /** {@code (}, {@code (?:}, {@code (?i:} and {@code (?P<name>} are one token each. */
  private static int groupHeadEnd(String text, int i) {
    if (!text.startsWith("(?", i)) {
      return i + 1;
    }
    for (int at = i + 2; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == ':' || c == '>' || c == ')') {
        return at + 1;
      }
    }
    return text.length();
  }
}
