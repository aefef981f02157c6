package org.drawbridge.sip.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Whose handshake is computed next. */
class FairTasksTest {

  private final Queue<Runnable> thread = new ArrayDeque<>();
  private final FairTasks tasks = new FairTasks(thread::add);
  private final List<String> done = new ArrayList<>();

  private void wants(String who, int number) {
    tasks.execute(who, () -> done.add(who + number));
  }

  @Test
  void whoFloodsWaitsBehindItself() {
    for (int i = 0; i < 100; i++) {
      wants("flood", i);
    }
    wants("a", 0);
    wants("b", 0);
    wants("a", 1);
    thread.forEach(Runnable::run);
    assertThat(done).startsWith("flood0", "a0", "b0", "flood1", "a1", "flood2", "flood3");
    assertThat(done).hasSize(103).last().isEqualTo("flood99");
  }

  @Test
  void whoHasComeBackIsServedAgain() {
    wants("a", 0);
    thread.remove().run();
    wants("a", 1);
    thread.remove().run();
    assertThat(done).containsExactly("a0", "a1");
  }
}
