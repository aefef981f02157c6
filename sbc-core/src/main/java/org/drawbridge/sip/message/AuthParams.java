package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code name=value} list after the scheme of credentials or of a challenge (RFC 3261 section
 * 25.1, {@code auth-param}; RFC 9110 section 11.2). Names are compared without case. Immutable.
 */
public final class AuthParams {

  /** Digest knows thirteen; more than this is an attack. */
  private static final int MAX = 32;

  private final List<String> names = new ArrayList<>(12);
  private final List<String> values = new ArrayList<>(12);

  private AuthParams() {}

  /**
   * Parses {@code a=b, c="d"} from {@code from} to the end of the text. Empty elements are skipped.
   *
   * @throws SipSyntaxException if a parameter has no name or no value, its value is unfinished, or
   *     a name comes twice: which one counts would differ from reader to reader
   */
  public static AuthParams parse(String text, int from) throws SipSyntaxException {
    AuthParams params = new AuthParams();
    int i = Grammar.skipSpace(text, from);
    while (i < text.length()) {
      if (text.charAt(i) != ',') {
        i = Grammar.skipSpace(text, params.add(text, i));
        if (i < text.length() && text.charAt(i) != ',') {
          throw new SipSyntaxException("Expected ',' after a parameter", i);
        }
      }
      i = Grammar.skipSpace(text, i + 1);
    }
    return params;
  }

  /**
   * Writes a parameter of credentials or a challenge of ours, whose value is a quoted string.
   *
   * @param before what comes before the value: at least the name and an equals sign
   */
  public static void write(StringBuilder out, String before, String value) {
    Grammar.quote(value, out.append(before));
  }

  /** What stands between the quotes, escapes resolved, or the token; null if it is not there. */
  public @Nullable String get(String name) {
    int i = indexOf(name);
    return i < 0 ? null : values.get(i);
  }

  private int add(String text, int start) throws SipSyntaxException {
    int nameEnd = tokenEnd(text, start);
    String name = text.substring(start, nameEnd);
    int equals = Grammar.skipSpace(text, nameEnd);
    if (equals == text.length() || text.charAt(equals) != '=') {
      throw new SipSyntaxException("Expected '=' after a parameter's name", equals);
    }
    if (indexOf(name) >= 0 || names.size() == MAX) {
      throw new SipSyntaxException("Parameter given twice, or too many", start);
    }
    int value = Grammar.skipSpace(text, equals + 1);
    boolean quoted = value < text.length() && text.charAt(value) == '"';
    int end = quoted ? Grammar.quotedEnd(text, value) : tokenEnd(text, value);
    names.add(name);
    String bare = quoted ? text.substring(value + 1, end - 1) : text.substring(value, end);
    boolean escapes = quoted && bare.indexOf('\\') >= 0;
    values.add(escapes ? Grammar.unquote(text.substring(value, end)) : bare);
    return end;
  }

  private static int tokenEnd(String text, int start) throws SipSyntaxException {
    int i = Grammar.tokenEnd(text, start);
    if (i == start) {
      throw new SipSyntaxException("Expected a token", start);
    }
    return i;
  }

  private int indexOf(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }
}
