package org.drawbridge.routing.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The longest prefix counts. */
final class PrefixTableTest {

  private static PrefixTable<String> table(String... prefixes) {
    PrefixTable.Builder<String> builder = new PrefixTable.Builder<>();
    for (String prefix : prefixes) {
      assertThat(builder.add(prefix, prefix)).isTrue();
    }
    return builder.build();
  }

  @Test
  void theLongestPrefixThatFitsIsFound() {
    PrefixTable<String> table = table("44", "4420", "447", "1");
    assertThat(table.find("442079460000")).isEqualTo("4420");
    assertThat(table.find("+441632960000")).isEqualTo("44");
    assertThat(table.find("447")).isEqualTo("447");
    assertThat(table.find("4")).isNull();
    assertThat(table.find("")).isNull();
    assertThat(table.find("33")).isNull();
  }

  @Test
  void theEmptyPrefixStandsForEveryNumber() {
    PrefixTable<String> table = table("", "44");
    assertThat(table.find("33")).isEmpty();
    assertThat(table.find("44")).isEqualTo("44");
    assertThat(table.find("alice")).isEmpty();
  }

  @Test
  void whatIsNoDigitEndsTheNumber() {
    assertThat(table("44", "4420").find("44-20")).isEqualTo("44");
  }

  @Test
  void aPrefixStandsOnceAndIsDigits() {
    PrefixTable.Builder<String> builder = new PrefixTable.Builder<>();
    assertThat(builder.add("+44", "first")).isTrue();
    assertThat(builder.add("44", "second")).isFalse();
    assertThat(builder.add("4x", "third")).isFalse();
    assertThat(builder.build().find("44")).isEqualTo("first");
    assertThat(builder.build().size()).isEqualTo(1);
  }

  @Test
  void aHundredThousandPrefixesAgreeWithASlowSearch() {
    Random random = new Random(7);
    PrefixTable.Builder<String> builder = new PrefixTable.Builder<>();
    Map<String, String> model = new HashMap<>();
    while (model.size() < 100_000) {
      String prefix = digits(random, 1 + random.nextInt(9));
      assertThat(builder.add(prefix, prefix)).isEqualTo(model.putIfAbsent(prefix, prefix) == null);
    }
    PrefixTable<String> table = builder.build();
    for (int i = 0; i < 100_000; i++) {
      String number = digits(random, 12);
      assertThat(table.find(number)).isEqualTo(slow(model, number));
    }
  }

  private static String digits(Random random, int count) {
    StringBuilder text = new StringBuilder();
    random.ints(count, 0, 10).forEach(text::append);
    return text.toString();
  }

  private static @Nullable String slow(Map<String, String> model, String number) {
    for (int length = number.length(); length >= 0; length--) {
      String found = model.get(number.substring(0, length));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
