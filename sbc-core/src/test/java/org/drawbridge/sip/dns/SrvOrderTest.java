package org.drawbridge.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrvOrderTest {

  /** Chooses what it is told, as far as the bound allows. */
  private static RandomGenerator always(int number) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new AssertionError("only bounded numbers are asked for");
      }

      @Override
      public int nextInt(int bound) {
        return Math.min(number, bound - 1);
      }
    };
  }

  private static Srv srv(int priority, int weight, String host) {
    return new Srv(priority, weight, 5060, host);
  }

  private static List<String> hosts(List<Srv> records, RandomGenerator random) {
    return SrvOrder.of(records, random).stream().map(Srv::host).toList();
  }

  @Test
  void lowerPriorityComesFirstWhateverTheWeight() {
    assertThat(hosts(List.of(srv(20, 100, "c"), srv(1, 0, "a"), srv(10, 1, "b")), always(0)))
        .containsExactly("a", "b", "c");
  }

  /** RFC 2782: running sums 0 (a), 10 (b), 40 (c) and 100 (d). */
  @ParameterizedTest
  @CsvSource({"0, a", "1, b", "10, b", "11, c", "40, c", "41, d", "100, d"})
  void weightIsAShareOfTheRunningSum(int number, String first) {
    List<Srv> records = List.of(srv(1, 10, "b"), srv(1, 30, "c"), srv(1, 60, "d"), srv(1, 0, "a"));
    assertThat(hosts(records, always(number)).getFirst()).isEqualTo(first);
    assertThat(hosts(records, always(number))).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void manyChoicesFollowTheWeights() {
    List<Srv> records = List.of(srv(1, 10, "a"), srv(1, 30, "b"), srv(1, 60, "c"));
    Random random = new Random(7);
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      first.merge(hosts(records, random).getFirst(), 1, Integer::sum);
    }
    assertThat(first.getOrDefault("a", 0) / 10_000.0).isCloseTo(0.1, within(0.02));
    assertThat(first.getOrDefault("b", 0) / 10_000.0).isCloseTo(0.3, within(0.02));
    assertThat(first.getOrDefault("c", 0) / 10_000.0).isCloseTo(0.6, within(0.02));
  }

  @Test
  void nothingStaysNothing() {
    assertThat(hosts(List.of(), always(0))).isEmpty();
  }
}
