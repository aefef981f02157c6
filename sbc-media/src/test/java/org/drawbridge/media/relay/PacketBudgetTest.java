package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final PacketBudget budget = new PacketBudget();

  @ParameterizedTest
  @ValueSource(longs = {0, 12_345 * SECOND, -12_345 * SECOND, Long.MAX_VALUE - SECOND})
  void itHoldsTwoSecondsAtOnceAndThenWhatTimeGivesWhereverTheClockBegins(long now) {
    assertThat(taken(now)).isEqualTo(1000);
    assertThat(taken(now + SECOND)).isEqualTo(500);
    assertThat(taken(now + 10 * SECOND)).isEqualTo(1000);
  }

  private int taken(long now) {
    int count = 0;
    while (budget.takes(false, now)) {
      count++;
    }
    return count;
  }
}
