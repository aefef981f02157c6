package org.drawbridge.loop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SignallingLoopTest {

  private static final int CAPACITY = 1_000;

  private final SignallingLoop loop = new SignallingLoop(3, CAPACITY);

  /** Of the loop. */
  private boolean stopping;

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void runsTasksInOrderOnItsOwnThread() throws Exception {
    List<Integer> seen = new ArrayList<>();
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
    for (int i = 0; i < 500; i++) {
      int number = i;
      loop.execute(() -> seen.add(number));
    }
    loop.execute(() -> onLoop.complete(loop.isCurrent()));
    assertThat(onLoop.get(60, SECONDS)).isTrue();
    assertThat(seen).hasSize(500).isSorted();
    assertThat(loop.isCurrent()).isFalse();
    assertThat(loop.index()).isEqualTo(3);
  }

  @Test
  void timersFireNoEarlierThanTheirDelay() throws Exception {
    CompletableFuture<Long> waited = new CompletableFuture<>();
    loop.execute(
        () -> {
          long start = loop.now();
          loop.schedule(30, () -> waited.complete(loop.now() - start));
        });
    assertThat(waited.get(60, SECONDS)).isGreaterThanOrEqualTo(30);
  }

  @Test
  void aTaskThatThrowsIsCountedAndTheLoopLives() throws Exception {
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    CompletableFuture<String> after = new CompletableFuture<>();
    loop.execute(() -> after.complete("alive"));
    assertThat(after.get(60, SECONDS)).isEqualTo("alive");
    assertThat(loop.failed()).isEqualTo(1);
  }

  @Test
  void tasksBeyondTheCapacityAreDroppedAndCounted() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    loop.execute(
        () -> {
          busy.countDown();
          awaitQuietly(release);
        });
    busy.await();
    CountDownLatch ran = new CountDownLatch(CAPACITY);
    for (int i = 0; i < CAPACITY + 5; i++) {
      loop.execute(ran::countDown);
    }
    assertThat(loop.dropped()).isEqualTo(5);
    assertThat(loop.queued()).isEqualTo(CAPACITY);
    release.countDown();
    assertThat(ran.await(60, SECONDS)).isTrue();
  }

  @Test
  void closeRunsWhatIsQueuedAndThenTakesNothing() {
    List<String> seen = new ArrayList<>();
    loop.execute(() -> seen.add("before"));
    loop.close();
    loop.execute(() -> seen.add("after"));
    assertThat(seen).containsExactly("before");
    assertThat(loop.dropped()).isEqualTo(1);
  }

  @Test
  void noTaskIsLostWhenManyThreadsPostAtOnce() throws Exception {
    int threads = 4;
    int each = 200;
    CountDownLatch ran = new CountDownLatch(threads * each);
    for (int t = 0; t < threads; t++) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  loop.execute(ran::countDown);
                }
              });
    }
    assertThat(ran.await(60, SECONDS)).isTrue();
  }

  /** Nothing comes in any more, so no task shows that the next one would not have to wait. */
  @Test
  void anOverloadIsOverOnceThereIsNothingToDo() throws Exception {
    try (LogLines log = LogLines.of(SignallingLoop.class)) {
      CompletableFuture<Boolean> after = new CompletableFuture<>();
      loop.execute(() -> IntStream.range(0, 150).forEach(_ -> loop.execute(() -> toil(after))));
      assertThat(after.get(60, SECONDS)).isFalse();
      assertThat(log.lines())
          .satisfiesExactly(
              begins -> assertThat(begins).startsWith("WARN Signalling loop 3 is overloaded"),
              ends -> assertThat(ends).startsWith("INFO Signalling loop 3 keeps up again after"));
    }
  }

  /** Takes its time and queues up again, until the loop cannot keep up. */
  private void toil(CompletableFuture<Boolean> after) {
    LockSupport.parkNanos(MILLISECONDS.toNanos(2));
    if (!loop.isOverloaded() && !stopping) {
      loop.execute(() -> toil(after));
    } else if (!stopping) {
      stopping = true;
      loop.schedule(1_000, () -> after.complete(loop.isOverloaded()));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
