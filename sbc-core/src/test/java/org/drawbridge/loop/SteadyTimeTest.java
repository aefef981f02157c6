package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.Test;

final class SteadyTimeTest {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private Instant wall = START;
  private long nanos = -7;
  private final SteadyTime time = new SteadyTime(() -> wall, () -> nanos);

  private void pass(Duration by) {
    wall = wall.plus(by);
    nanos += by.toNanos();
  }

  @Test
  void itIsThatOfTheWall() {
    assertThat(time.instant()).isEqualTo(START);
    pass(Duration.ofSeconds(90));
    assertThat(time.instant()).isEqualTo(START.plusSeconds(90));
  }

  @Test
  void whenTheClockIsSetBackItGoesOnAsTimePasses() {
    time.millis();
    wall = wall.minus(Duration.ofHours(2));
    pass(Duration.ofSeconds(10));
    assertThat(time.instant()).isBetween(START.plusSeconds(10), START.plusMillis(10_001));
    pass(Duration.ofHours(3));
    assertThat(time.instant()).isBetween(START.plusSeconds(10_810), START.plusMillis(10_810_001));
  }

  @Test
  void itFollowsWhereTheClockIsSetForward() {
    time.millis();
    try (LogLines log = LogLines.of(SteadyTime.class)) {
      wall = wall.plus(Duration.ofSeconds(50)); // no more than a slow clock that NTP mends
      pass(Duration.ofHours(1));
      time.millis();
      assertThat(log.lines()).isEmpty();
      wall = wall.plus(Duration.ofHours(8));
      Instant set = START.plus(Duration.ofHours(9)).plusSeconds(50);
      assertThat(time.instant()).isEqualTo(set);
      assertThat(time.instant()).isEqualTo(set);
      assertThat(log.lines())
          .containsExactly(
              "WARN clock.forward by-s=28800: what was good for less, as registrations, is over");
    }
  }
}
