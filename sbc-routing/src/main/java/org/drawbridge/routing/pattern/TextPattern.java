package org.drawbridge.routing.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in RE2 syntax, so matching takes time linear in the text. Where an
 * expression cannot begin with {@code +} or {@code *}, as in {@code +44.*} or {@code *98}, the sign
 * stands for itself.
 */
public final class TextPattern {

  /** Longest expression taken, in characters: its compiled form stays small. */
  public static final int MAX_LENGTH = 1000;

  private final String text;
  private final Pattern pattern;

  private TextPattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /** An expression that only this very text matches. */
  public static TextPattern literal(String text) {
    return new TextPattern(text, Pattern.compile(Pattern.quote(text)));
  }

  /** A pattern that matches this text only, in whatever case. */
  public static TextPattern literalIgnoringCase(String text) {
    return new TextPattern(text, Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE));
  }

  /** Compiles an expression; upper and lower case differ. */
  public static PatternResult compile(String text) {
    return compile(text, 0);
  }

  /** Compiles an expression for which upper and lower case are the same. */
  public static PatternResult compileIgnoringCase(String text) {
    return compile(text, Pattern.CASE_INSENSITIVE);
  }

  private static PatternResult compile(String text, int flags) {
    if (text.length() > MAX_LENGTH) {
      return new PatternResult.Invalid("longer than " + MAX_LENGTH + " characters");
    }
    String escaped = LeadingSigns.escape(text);
    try {
      return new PatternResult.Compiled(new TextPattern(text, Pattern.compile(escaped, flags)));
    } catch (PatternSyntaxException e) {
      String part = e.getPattern();
      return new PatternResult.Invalid(
          part.endsWith(escaped) ? e.getDescription() : e.getDescription() + " in " + part);
    }
  }

  /**
   * Matches the whole text: the text itself first, then what each group of the expression captured
   * (empty for a group that took no part); null where it does not match.
   */
  public @Nullable List<String> match(String input) {
    Matcher matcher = pattern.matcher(input);
    if (!matcher.matches()) {
      return null;
    }
    List<String> groups = new ArrayList<>(matcher.groupCount() + 1);
    for (int i = 0; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return groups;
  }

  /** Whether the whole text matches. */
  public boolean matches(String input) {
    return pattern.matches(input);
  }

  /** Whether the expression matches somewhere in the text. */
  public boolean foundIn(String input) {
    return pattern.matcher(input).find();
  }

  /** How many groups the expression captures. */
  public int groups() {
    return pattern.groupCount();
  }

  /** The expression as written. */
  @Override
  public String toString() {
    return text;
  }
}
