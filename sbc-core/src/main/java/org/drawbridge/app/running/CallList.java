package org.drawbridge.app.running;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.b2bua.CallCenter;
import org.drawbridge.loop.SignallingLoop;

/** Asks each loop about its calls, on that loop. Thread-safe. */
final class CallList {

  /** A loop that is busier than that is left out rather than waited for. */
  private static final long WAIT_SECONDS = 2;

  private static final Logger LOG = LogManager.getLogger(CallList.class);

  private CallList() {}

  /** All answers, in no order. */
  static <T> List<T> gather(
      List<SignallingLoop> loops,
      IntFunction<CallCenter> calls,
      Function<CallCenter, List<T>> question) {
    ConcurrentLinkedQueue<T> all = new ConcurrentLinkedQueue<>();
    CountDownLatch asked = new CountDownLatch(loops.size());
    for (SignallingLoop loop : loops) {
      loop.execute(
          () -> {
            all.addAll(question.apply(calls.apply(loop.index())));
            asked.countDown();
          });
    }
    try {
      if (!asked.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} signalling loops did not name their calls in time", asked.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(all);
  }
}
