package org.drawbridge.app.running;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.drawbridge.loop.HeapPressure;

/**
 * A program whose heap fills with garbage that lived long, then with what it needs, and then has
 * room and nothing to do any more; it prints what {@link HeapWatch} makes of each. It is given a
 * heap of 256 MB.
 */
final class HeapWatchProbe {

  private static final int BLOCK = 2048;
  private static final int BLOCKS_OF_A_MEGABYTE = (1 << 20) / BLOCK;

  private final HeapPressure pressure = new HeapPressure();
  private final Deque<byte[]> kept = new ArrayDeque<>();

  public static void main(String[] args) throws InterruptedException {
    HeapWatchProbe probe = new HeapWatchProbe();
    HeapWatch.tell(probe.pressure, Duration.ofMillis(200));
    probe.work(500, 60, () -> false);
    probe.say("with garbage");
    probe.work(20_000, 230, probe.pressure::isTight);
    probe.say("full");
    probe.kept.clear();
    for (int i = 0; i < 100 && probe.pressure.isTight(); i++) {
      Thread.sleep(100);
    }
    probe.say("freed");
  }

  /** Allocates up to that many MB, keeping the youngest, until there is enough. */
  private void work(int megabytes, int keptMegabytes, BooleanSupplier enough)
      throws InterruptedException {
    for (int done = 0; done < megabytes && !enough.getAsBoolean(); done++) {
      for (int i = 0; i < BLOCKS_OF_A_MEGABYTE; i++) {
        kept.add(new byte[BLOCK]);
        if (kept.size() > keptMegabytes * BLOCKS_OF_A_MEGABYTE) {
          kept.poll();
        }
      }
      Thread.sleep(2);
    }
  }

  private void say(String when) {
    System.out.printf(
        "state %s: %s, began %d times%n",
        when, pressure.isTight() ? "tight" : "easy", pressure.times());
  }
}
