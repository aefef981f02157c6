package org.drawbridge.routing.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextPatternTest {

  @ParameterizedTest
  @CsvSource({
    "echo,              echo,          true",
    "echo,              echoes,        false",
    "echo,              Echo,          false",
    "112|911,           911,           true",
    "112|911,           1129,          false",
    "0044.*,            004420,        true",
    "0044.*,            10044,         false",
    "+44.*,             +4420,         true",
    "+44.*,             4420,          false",
    "*98,               *98,           true",
    "00.*|+.*,          +1,            true",
    "(?:00|+)([0-9]+),  +1,            true",
    "(+|00)1,           +1,            true",
    "[+*]1,             *1,            true",
    "\\+44,             +44,           true",
    "\\Q+|*\\E,         +|*,           true",
    "[]*]+,             ]*,            true",
    "(?i)ab|*c,         *c,            true",
  })
  void matchesTheWholeText(String expression, String text, boolean expected) {
    assertThat(compiled(expression).matches(text)).isEqualTo(expected);
  }

  @Test
  void returnsTheTextAndItsGroups() {
    TextPattern pattern = compiled("(?:00|+)([0-9]{2})([0-9]+)(x)?");

    assertThat(pattern.match("+44207")).containsExactly("+44207", "44", "207", "");
    assertThat(pattern.match("44207")).isNull();
    assertThat(pattern.groups()).isEqualTo(3);
  }

  @Test
  void findsInsideATextWhereAskedTo() {
    PatternResult result = TextPattern.compileIgnoringCase("sipvicious|friendly-scanner");

    assertThat(result)
        .isInstanceOfSatisfying(
            PatternResult.Compiled.class,
            it -> {
              assertThat(it.pattern().foundIn("x Friendly-Scanner 1.0")).isTrue();
              assertThat(it.pattern().foundIn("baresip")).isFalse();
            });
  }

  @Test
  void aLiteralHasNoSpecialCharacters() {
    TextPattern literal = TextPattern.literal("a.b*");

    assertThat(literal.matches("a.b*")).isTrue();
    assertThat(literal.matches("axb")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[0-9", "a{2000}", "x**", "(?=a)", "\\1", ")"})
  void saysWhatIsWrongWithAnExpression(String expression) {
    assertThat(TextPattern.compile(expression))
        .isInstanceOfSatisfying(
            PatternResult.Invalid.class, it -> assertThat(it.why()).isNotBlank());
  }

  @Test
  void refusesOverlongExpressions() {
    assertThat(TextPattern.compile("a".repeat(TextPattern.MAX_LENGTH + 1)))
        .isInstanceOf(PatternResult.Invalid.class);
  }

  private static TextPattern compiled(String expression) {
    return switch (TextPattern.compile(expression)) {
      case PatternResult.Compiled(TextPattern pattern) -> pattern;
      case PatternResult.Invalid(String why) -> throw new AssertionError(why);
    };
  }
}
