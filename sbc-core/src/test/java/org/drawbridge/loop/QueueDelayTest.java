package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a loop counts as overloaded. */
class QueueDelayTest {

  private static final int MANY = QueueDelay.FEW_TASKS;

  private final QueueDelay delay = new QueueDelay();

  @Test
  void aBurstIsWorkedOff() {
    delay.measured(1_000, 80, MANY);
    delay.measured(1_490, 60, MANY);
    assertThat(delay.isOverloaded()).isFalse();
    delay.measured(1_495, 10, MANY);
    delay.measured(1_600, 80, MANY);
    assertThat(delay.isOverloaded()).isFalse();
  }

  @Test
  void aWaitThatStaysLongIsAnOverload() {
    delay.measured(1_000, 50, MANY);
    delay.measured(1_499, 90, MANY);
    assertThat(delay.isOverloaded()).isFalse();
    delay.measured(1_500, 51, MANY);
    assertThat(delay.isOverloaded()).isTrue();
  }

  @Test
  void aFewSlowTasksAreNoOverloadHoweverLongTheyTake() {
    for (long now = 1_000; now < 9_000; now += 700) {
      delay.measured(now, 700, MANY - 1);
    }
    assertThat(delay.isOverloaded()).isFalse();
  }

  @Test
  void theFirstShortWaitEndsIt() {
    delay.measured(1_000, 700, MANY);
    delay.measured(1_600, 60, MANY);
    assertThat(delay.isOverloaded()).isTrue();
    delay.measured(1_620, 49, MANY);
    assertThat(delay.isOverloaded()).isFalse();
  }
}
