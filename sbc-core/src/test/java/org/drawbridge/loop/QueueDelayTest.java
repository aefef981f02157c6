package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueDelayTest {

  private final QueueDelay delay = new QueueDelay();

  @Test
  void aBurstIsWorkedOff() {
    delay.measured(1_000, 80);
    delay.measured(1_090, 60);
    assertThat(delay.isOverloaded()).isFalse();
    delay.measured(1_120, 10);
    delay.measured(1_200, 80);
    assertThat(delay.isOverloaded()).isFalse();
  }

  @Test
  void aWaitThatStaysLongIsAnOverload() {
    delay.measured(1_000, 50);
    delay.measured(1_099, 90);
    assertThat(delay.isOverloaded()).isFalse();
    delay.measured(1_100, 51);
    assertThat(delay.isOverloaded()).isTrue();
  }

  @Test
  void aWaitThatMakesCallersRepeatIsAnOverloadAtOnce() {
    delay.measured(1_000, 500);
    assertThat(delay.isOverloaded()).isTrue();
  }

  @Test
  void theFirstShortWaitEndsIt() {
    delay.measured(1_000, 700);
    delay.measured(1_010, 60);
    assertThat(delay.isOverloaded()).isTrue();
    delay.measured(1_020, 49);
    assertThat(delay.isOverloaded()).isFalse();
  }
}
