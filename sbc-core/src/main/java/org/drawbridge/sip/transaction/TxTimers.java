package org.drawbridge.sip.transaction;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;

/** The timers one transaction has running: at most one of each purpose. */
final class TxTimers {

  private record Running(TxTimer name, Timer timer) {}

  private final Loop loop;
  private final Consumer<TxTimer> fired;
  private final Map<TxTimer.Purpose, Running> running = new EnumMap<>(TxTimer.Purpose.class);

  TxTimers(Loop loop, Consumer<TxTimer> fired) {
    this.loop = loop;
    this.fired = fired;
  }

  void start(TxAction.StartTimer action) {
    TxTimer name = action.timer();
    Timer timer = loop.schedule(action.delay(), () -> fire(name));
    Running before = running.put(name.purpose(), new Running(name, timer));
    if (before != null) {
      before.timer.cancel();
    }
  }

  void stop(TxTimer name) {
    Running current = running.get(name.purpose());
    if (current != null && current.name == name) {
      current.timer.cancel();
      running.remove(name.purpose());
    }
  }

  void stopAll() {
    running.values().forEach(current -> current.timer.cancel());
    running.clear();
  }

  private void fire(TxTimer name) {
    running.remove(name.purpose());
    fired.accept(name);
  }
}
