package org.drawbridge.routing.pattern;

/** What compiling an expression comes to. */
public sealed interface PatternResult {

  /** It compiles. */
  record Compiled(TextPattern pattern) implements PatternResult {}

  /** It does not, and {@code why} says so in words. */
  record Invalid(String why) implements PatternResult {}
}
