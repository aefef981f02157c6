package org.drawbridge.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.support.Browser;
import org.drawbridge.support.Heard;
import org.drawbridge.support.Listener;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A call between two browsers whose audio is measured at both ends the whole time: 10 seconds, or
 * as many as {@code -Ddrawbridge.long-call-seconds} says. With 300, JsSIP refreshes its session of
 * 90 s three times over, which it outlives only if each refresh is answered. A browser on a busy
 * machine may stall for a moment, so a window may be off; two in a row may not.
 */
@OnTestBed
final class LongCallTest {

  private static final int SECONDS = Integer.getInteger("drawbridge.long-call-seconds", 10);
  private static final Duration WINDOW = Duration.ofMillis(1000);
  private static final Tone CALLER = new Tone(440);
  private static final Tone CALLEE = new Tone(1000);

  /** Measures window after window; returns how many there were. */
  private static int listen(Listener listener, Tone tone, long untilNanos) {
    int windows = 0;
    Heard before = listener.hears(WINDOW);
    while (System.nanoTime() - untilNanos < 0) {
      Heard now = listener.hears(WINDOW);
      assertThat(before.is(tone) || now.is(tone))
          .as("%s in windows %d and %d: %s, %s", listener, windows, windows + 1, before, now)
          .isTrue();
      before = now;
      windows++;
    }
    return windows;
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void bothHearEachOtherAllTheTime(TestBed bed) {
    Browser callee = bed.browser("1003", CALLEE);
    Browser caller = bed.browser("1001", CALLER);
    caller.talkTo("1003", callee);
    caller.awaitTone(CALLEE);
    callee.awaitTone(CALLER);

    long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> listen(callee, CALLER, until));
    int windows = listen(caller, CALLEE, until);

    assertThat(windows).isGreaterThan(SECONDS / 3);
    assertThat(other.join()).isGreaterThan(SECONDS / 3);
    assertThat(caller.diary().latest("ended")).isEmpty();
    caller.hangUp();
    callee.awaitEvent("ended");
  }
}
