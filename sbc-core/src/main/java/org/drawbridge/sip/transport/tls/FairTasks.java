package org.drawbridge.sip.transport.tls;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.Executor;

/**
 * Lets those who want something computed have their turn one after the other, a task each, however
 * many tasks one of them has waiting: who floods waits behind itself. Thread-safe. What waits is
 * bounded by whoever brings it.
 */
final class FairTasks {
  private final Executor threads;
  private final SequencedMap<Object, Queue<Runnable>> waiting = new LinkedHashMap<>();

  /**
   * @param threads what computes; it is given as many tasks as come here
   */
  FairTasks(Executor threads) {
    this.threads = threads;
  }

  /** Computes a task when those of all others who wait have had a turn. */
  void execute(Object of, Runnable task) {
    synchronized (waiting) {
      waiting.computeIfAbsent(of, _ -> new ArrayDeque<>()).add(task);
    }
    threads.execute(() -> next().run());
  }

  private Runnable next() {
    synchronized (waiting) {
      var turn = waiting.pollFirstEntry();
      Runnable task = turn.getValue().remove();
      if (!turn.getValue().isEmpty()) {
        waiting.putLast(turn.getKey(), turn.getValue());
      }
      return task;
    }
  }
}
