package org.drawbridge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.Rate;
import org.junit.jupiter.api.Test;

/** What one meter counts. */
final class MeterTest {

  private static final long MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final Limits FIVE_A_SECOND =
      new Limits(0, new Rate(5, Duration.ofSeconds(1), 10), 0, 0);
  private static final Limits TEN_MINUTES = new Limits(0, null, 10, 0);

  private final AtomicLong now = new AtomicLong(MIDNIGHT);
  private final Meter meter = new Meter(() -> Instant.ofEpochMilli(now.get()), ZoneOffset.UTC);

  private Seat seat() {
    return seat(Use.PAID);
  }

  private Seat seat(Use use) {
    return new Seat(meter, use, () -> {});
  }

  @Test
  void callsAtOnceAreCountedFromSetupToEnd() {
    Limits two = Limits.NONE.withCalls(2);
    Seat first = seat();
    assertThat(meter.take(first, two)).isNull();
    assertThat(meter.take(seat(), two)).isNull();
    assertThat(meter.take(seat(), two)).isEqualTo(LimitKind.CALLS);

    meter.release(first);
    meter.release(first);
    assertThat(meter.take(seat(), two)).isNull();
    assertThat(meter.take(seat(), two)).isEqualTo(LimitKind.CALLS);
    assertThat(meter.facts().calls()).isEqualTo(2);
    assertThat(meter.facts().refused()).containsOnlyKeys(LimitKind.CALLS);
  }

  @Test
  void aBurstIsLetThroughAndThenTheRate() {
    for (int i = 0; i < 10; i++) {
      assertThat(meter.take(seat(), FIVE_A_SECOND)).isNull();
    }
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isEqualTo(LimitKind.RATE);
    now.addAndGet(199);
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isEqualTo(LimitKind.RATE);
    now.addAndGet(1);
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isNull();
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isEqualTo(LimitKind.RATE);
  }

  @Test
  void whatWasTakenBackCostsNothingOfTheRate() {
    for (int i = 0; i < 9; i++) {
      assertThat(meter.take(seat(), FIVE_A_SECOND)).isNull();
    }
    Seat last = seat();
    assertThat(meter.take(last, FIVE_A_SECOND)).isNull();
    meter.undo(last);
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isNull();
    assertThat(meter.facts().calls()).isEqualTo(10);
  }

  @Test
  void aClockThatIsSetBackLetsNobodyStarve() {
    for (int i = 0; i < 10; i++) {
      meter.take(seat(), FIVE_A_SECOND);
    }
    now.addAndGet(-3_600_000);
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isEqualTo(LimitKind.RATE);
    now.addAndGet(1_000);
    assertThat(meter.take(seat(), FIVE_A_SECOND)).isNull();
  }

  @Test
  void minutesCountWhileTheyAreTalked() {
    Seat first = seat();
    meter.take(first, TEN_MINUTES);
    now.addAndGet(60_000); // it rings
    meter.talk(first);
    now.addAndGet(599_999);
    assertThat(meter.take(seat(), TEN_MINUTES)).isNull();
    now.addAndGet(1);
    assertThat(meter.take(seat(), TEN_MINUTES)).isEqualTo(LimitKind.MINUTES);
    assertThat(meter.take(seat(Use.UNPAID), TEN_MINUTES)).isNull();
    meter.release(first);
    assertThat(meter.take(seat(), TEN_MINUTES)).isEqualTo(LimitKind.MINUTES);
    assertThat(meter.facts().secondsToday()).isEqualTo(600);
  }

  @Test
  void aNewDayBeginsAtMidnightAlsoForThoseWhoTalk() {
    now.set(MIDNIGHT - 700_000);
    Seat over = seat();
    meter.take(over, TEN_MINUTES);
    meter.talk(over);
    now.set(MIDNIGHT - 1);
    assertThat(meter.take(seat(), TEN_MINUTES)).isEqualTo(LimitKind.MINUTES);
    now.set(MIDNIGHT + 60_000);
    assertThat(meter.facts().secondsToday()).isEqualTo(60);
    now.set(MIDNIGHT + 90_000);
    meter.release(over);
    now.set(MIDNIGHT + 200_000);
    assertThat(meter.facts().secondsToday()).isEqualTo(90);
  }

  @Test
  void theYoungestThatMayEndIsEnded() {
    List<String> ended = new ArrayList<>();
    Limits none = Limits.NONE;
    meter.take(new Seat(meter, Use.PAID, () -> ended.add("old")), none);
    meter.take(new Seat(meter, Use.PAID, () -> ended.add("young")), none);
    meter.force(new Seat(meter, Use.PAID, null));

    assertThat(meter.preemptYoungest()).isTrue();
    assertThat(ended).containsExactly("young");
    assertThat(meter.preemptYoungest()).isTrue();
    assertThat(meter.preemptYoungest()).isFalse();
    assertThat(ended).containsExactly("young", "old");
    assertThat(meter.facts().calls()).isEqualTo(1);
  }

  @Test
  void severalLoopsShareItExactly() throws InterruptedException {
    Limits thirty = Limits.NONE.withCalls(30);
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger at = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> loops = new ArrayList<>();
    for (int loop = 0; loop < 4; loop++) {
      loops.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(go);
                    List<Seat> mine = new ArrayList<>();
                    for (int i = 0; i < 20_000; i++) {
                      Seat seat = seat();
                      if (meter.take(seat, thirty) == null) {
                        taken.incrementAndGet();
                        most.accumulateAndGet(at.incrementAndGet(), Math::max);
                        mine.add(seat);
                      }
                      if (mine.size() > 12) {
                        at.decrementAndGet();
                        meter.release(mine.removeFirst());
                      }
                    }
                    at.addAndGet(-mine.size());
                    mine.forEach(meter::release);
                  }));
    }
    go.countDown();
    for (Thread loop : loops) {
      loop.join();
    }
    assertThat(most.get()).isLessThanOrEqualTo(30);
    assertThat(taken.get()).isGreaterThan(100);
    assertThat(meter.facts().calls()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
