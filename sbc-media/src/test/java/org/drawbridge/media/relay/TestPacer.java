package org.drawbridge.media.relay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** A pacer whose rounds a test runs. */
final class TestPacer implements Pacer {

  private final Set<LongConsumer> tasks = new LinkedHashSet<>();

  @Override
  public void start(LongConsumer task) {
    tasks.add(task);
  }

  @Override
  public void stop(LongConsumer task) {
    tasks.remove(task);
  }

  void run(long nowNanos) {
    List.copyOf(tasks).forEach(task -> task.accept(nowNanos));
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }
}
