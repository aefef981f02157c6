package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {

  private final TimerWheel wheel = new TimerWheel(0);
  private final List<String> fired = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 63, 64, 65, 4_095, 4_096, 32_000, 3_600_000, 86_400_000L * 365})
  void firesAtTheDeadlineAndNotBefore(long delay) {
    wheel.advance(77, Runnable::run);
    wheel.add(77 + delay, () -> fired.add("task"));
    wheel.advance(77 + delay - 1, Runnable::run);
    assertThat(fired).isEmpty();
    wheel.advance(77 + delay, Runnable::run);
    assertThat(fired).containsExactly("task");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void firesInOrderOfDeadlineWhenTimeJumps() {
    wheel.add(5_000, () -> fired.add("late"));
    wheel.add(3, () -> fired.add("soon"));
    wheel.add(64, () -> fired.add("middle"));
    wheel.advance(1_000_000, Runnable::run);
    assertThat(fired).containsExactly("soon", "middle", "late");
  }

  @Test
  void cancelledTimersDoNotFire() {
    Timer timer = wheel.add(10, () -> fired.add("cancelled"));
    timer.cancel();
    timer.cancel();
    assertThat(wheel.size()).isZero();
    assertThat(wheel.nextExpiry()).isEqualTo(Long.MAX_VALUE);
    wheel.advance(100, Runnable::run);
    assertThat(fired).isEmpty();
  }

  @Test
  void aTimerMayCancelAnotherOfTheSameMillisecond() {
    List<Timer> timers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      timers.add(
          wheel.add(
              10,
              () -> {
                fired.add("one");
                timers.forEach(Timer::cancel);
              }));
    }
    wheel.advance(10, Runnable::run);
    assertThat(fired).containsExactly("one");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void cancellingATimerThatHasFiredChangesNothing() {
    Timer timer = wheel.add(10, () -> fired.add("task"));
    wheel.advance(10, Runnable::run);
    timer.cancel();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aTaskThatStartsItselfAnewDoesNotHoldTheWheelUp() {
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          fired.add("task");
          wheel.add(0, again[0]);
        };
    again[0].run();
    wheel.advance(3, Runnable::run);
    assertThat(fired).hasSize(4);
    assertThat(wheel.size()).isEqualTo(1);
  }

  @Test
  void aDelayBeyondAllLevelsIsCutAndNotFiredEarly() {
    wheel.add(Long.MAX_VALUE, () -> fired.add("never"));
    wheel.advance(86_400_000L * 365 * 60, Runnable::run);
    assertThat(fired).isEmpty();
    assertThat(wheel.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithANaiveModel(long seed) {
    new ModelRun(seed).run(3_000);
  }

  /** The wheel beside a plain list that is searched for what is due. */
  private static final class ModelRun {

    private record Expected(int id, long deadline, Timer timer) {}

    private final Random random;
    private final TimerWheel wheel = new TimerWheel(0);
    private final List<Expected> waiting = new ArrayList<>();
    private final List<Integer> fired = new ArrayList<>();
    private long now;

    ModelRun(long seed) {
      random = new Random(seed);
    }

    void run(int steps) {
      for (int id = 0; id < steps; id++) {
        switch (random.nextInt(4)) {
          case 0, 1 -> add(id);
          case 2 -> cancelOne();
          default -> advance();
        }
        assertThat(wheel.size()).isEqualTo(waiting.size());
      }
    }

    private void add(int id) {
      long deadline = now + 1 + random.nextLong(1L << (1 + random.nextInt(30)));
      waiting.add(new Expected(id, deadline, wheel.add(deadline, () -> fired.add(id))));
    }

    private void cancelOne() {
      if (!waiting.isEmpty()) {
        waiting.remove(random.nextInt(waiting.size())).timer().cancel();
      }
    }

    private void advance() {
      now += random.nextLong(1L << (1 + random.nextInt(28)));
      long next = waiting.stream().mapToLong(Expected::deadline).min().orElse(Long.MAX_VALUE);
      assertThat(wheel.nextExpiry()).isLessThanOrEqualTo(next);
      List<Expected> due = waiting.stream().filter(e -> e.deadline() <= now).toList();
      waiting.removeAll(due);
      fired.clear();
      wheel.advance(now, Runnable::run);
      assertThat(fired)
          .containsExactlyInAnyOrderElementsOf(due.stream().map(Expected::id).toList());
    }
  }
}
