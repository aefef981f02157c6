package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.loop.Collected.PART;
import static org.drawbridge.loop.Collected.WHOLE;

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
    assertThat(pressure.collected(WHOLE, 80, 100)).isFalse();
    assertThat(pressure.isTight()).isFalse();
    assertThat(loop.isOverloaded()).isFalse();
  }

  @Test
  void aHeapThatCollectionsLeaveNearlyFullTurnsNewWorkAway() {
    assertThat(pressure.collected(WHOLE, 81, 100)).isTrue();
    assertThat(loop.isOverloaded()).isTrue();
    assertThat(pressure.times()).isEqualTo(1);
  }

  @Test
  void itEndsOnlyOnceThereIsRoomForMore() {
    pressure.collected(WHOLE, 90, 100);
    assertThat(pressure.collected(WHOLE, 75, 100)).isFalse();
    assertThat(loop.isOverloaded()).isTrue();
    pressure.collected(WHOLE, 70, 100);
    assertThat(loop.isOverloaded()).isFalse();
    assertThat(pressure.collected(WHOLE, 99, 100)).isTrue();
    assertThat(pressure.times()).isEqualTo(2);
  }

  @Test
  void garbageThatACollectionOfAPartLeavesIsNoPressure() {
    assertThat(pressure.collected(PART, 99, 100)).isFalse();
    assertThat(loop.isOverloaded()).isFalse();
  }

  @Test
  void aCollectionOfAPartThatFindsRoomEndsItAndOneThatFindsNoneDoesNot() {
    pressure.collected(WHOLE, 90, 100);
    pressure.collected(PART, 75, 100);
    assertThat(loop.isOverloaded()).isTrue();
    pressure.collected(PART, 70, 100);
    assertThat(loop.isOverloaded()).isFalse();
  }
}
