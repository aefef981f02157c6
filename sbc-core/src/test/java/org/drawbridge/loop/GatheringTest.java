package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {

  private final Gathering gathering = new Gathering();

  @Test
  void aLoopWithLittleToDoServesEachMessageAtOnce() {
    long done = 0;
    for (long now = 0; now < 10_000; now += 20) {
      assertThat(gathering.isWorthwhile(now, done++)).isFalse();
    }
  }

  @Test
  void aBusyLoopRestsAfterOneWindow() {
    for (long now = 0; now < Gathering.WINDOW_MILLIS; now++) {
      assertThat(gathering.isWorthwhile(now, now)).isFalse();
    }
    assertThat(gathering.isWorthwhile(Gathering.WINDOW_MILLIS, Gathering.WINDOW_MILLIS)).isTrue();
  }

  @Test
  void itKeepsRestingWhileThereAreTwoTasksForEachRest() {
    long done = 0;
    for (long now = 0; now < 5_000; now += Gathering.REST_MILLIS) {
      boolean worthwhile = gathering.isWorthwhile(now, done);
      assertThat(worthwhile).isEqualTo(now >= Gathering.WINDOW_MILLIS);
      done += 2;
    }
  }

  @Test
  void aBurstThatIsOverLeavesNoDelayBehind() {
    gathering.isWorthwhile(0, 0);
    assertThat(gathering.isWorthwhile(Gathering.WINDOW_MILLIS, 1_000)).isTrue();
    assertThat(gathering.isWorthwhile(2 * Gathering.WINDOW_MILLIS, 1_001)).isFalse();
  }

  @Test
  void aLongSleepIsNotCountedAsWork() {
    gathering.isWorthwhile(0, 0);
    assertThat(gathering.isWorthwhile(60_000, 1_000)).isFalse();
  }
}
