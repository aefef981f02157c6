package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeapPressureTest {

  private final HeapPressure pressure = new HeapPressure();
  private final SignallingLoop loop = new SignallingLoop(0, 10, new Parking(), pressure);

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void aHeapWithRoomIsNone() {
    assertThat(pressure.collected(85, 100)).isFalse();
    assertThat(pressure.isTight()).isFalse();
    assertThat(loop.isOverloaded()).isFalse();
  }

  @Test
  void aHeapThatCollectionsLeaveNearlyFullTurnsNewWorkAway() {
    assertThat(pressure.collected(86, 100)).isTrue();
    assertThat(loop.isOverloaded()).isTrue();
    assertThat(pressure.times()).isEqualTo(1);
  }

  @Test
  void itEndsOnlyOnceThereIsRoomForMore() {
    pressure.collected(90, 100);
    assertThat(pressure.collected(80, 100)).isFalse();
    assertThat(loop.isOverloaded()).isTrue();
    pressure.collected(75, 100);
    assertThat(loop.isOverloaded()).isFalse();
    assertThat(pressure.collected(99, 100)).isTrue();
    assertThat(pressure.times()).isEqualTo(2);
  }
}
