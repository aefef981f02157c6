package org.drawbridge.routing.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RewriteTest {

  private static final List<String> GROUPS = List.of("0044207", "44", "207");

  @ParameterizedTest
  @CsvSource({"+$1$2,+44207", "$0,0044207", "x,x", "$$$2,$207", "a$1b,a44b"})
  void fillsATemplateFromCaptures(String template, String expected) {
    Rewrite rewrite = new Rewrite.FromTemplate(new Template(template));

    assertThat(rewrite.apply("0044207", GROUPS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"$1 $2,2", "$$9,0", "none,0", "$9,9"})
  void knowsTheHighestGroupOfATemplate(String template, int highest) {
    assertThat(new Template(template).highestGroup()).isEqualTo(highest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "a$", "$x", "$$$", "$ 1"})
  void knowsAMalformedTemplate(String template) {
    assertThat(new Template(template).wellFormed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1,+44,02079,+442079", "0,9,123,9123", "3,'',123,''", "9,1,123,1", "2,'',0044,44"})
  void stripsAndAdds(int strip, String add, String number, String expected) {
    Rewrite rewrite = new Rewrite.StripAndAdd(strip, add);

    assertThat(rewrite.apply(number, List.of(number))).isEqualTo(expected);
  }
}
