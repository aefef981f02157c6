package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.drawbridge.ua.Doors;
import org.junit.jupiter.api.Test;

/** When a program ends that is to end without cutting calls. */
final class DrainTest {

  private int calls = 2;
  private int ends;
  private Instant now = Instant.ofEpochSecond(1_000);
  private final Drain drain = new Drain(new Doors(), () -> calls, () -> ends++, () -> now);

  private int tick() {
    drain.tick();
    return ends;
  }

  @Test
  void itEndsOnceWhenTheLastCallIsOver() {
    drain.begin(Duration.ofHours(1), false);
    assertThat(tick()).isZero();
    calls = 0;
    assertThat(tick()).isEqualTo(1);
    assertThat(tick()).isEqualTo(1);
  }

  @Test
  void itEndsWhenTheTimeIsUpThoughSomebodyTalks() {
    drain.begin(Duration.ofHours(1), false);
    now = now.plusSeconds(3_599);
    assertThat(tick()).isZero();
    now = now.plusSeconds(1);
    assertThat(tick()).isEqualTo(1);
  }

  @Test
  void itStaysWhereNobodyHasAskedOrSomebodyHasUndoneIt() {
    calls = 0;
    assertThat(tick()).isZero();
    drain.begin(Duration.ofHours(1), false);
    assertThat(drain.undo()).isTrue();
    assertThat(tick()).isZero();
    assertThat(drain.deadline()).isNull();
  }

  @Test
  void askedAgainItGoesByTheLaterWord() {
    drain.begin(Duration.ofHours(1), false);
    drain.begin(Duration.ofSeconds(5), true);
    now = now.plusSeconds(5);
    assertThat(tick()).isEqualTo(1);
  }
}
