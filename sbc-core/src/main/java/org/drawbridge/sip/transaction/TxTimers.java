package org.drawbridge.sip.transaction;

import java.util.function.Consumer;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;
import org.jspecify.annotations.Nullable;

/** The timers one transaction has running: at most one of each purpose. */
final class TxTimers {

  private final Loop loop;
  private final Consumer<TxTimer> fired;
  private final @Nullable TxTimer[] names = new @Nullable TxTimer[TxTimer.Purpose.values().length];
  private final @Nullable Timer[] running = new @Nullable Timer[names.length];

  TxTimers(Loop loop, Consumer<TxTimer> fired) {
    this.loop = loop;
    this.fired = fired;
  }

  void start(TxAction.StartTimer action) {
    TxTimer name = action.timer();
    int slot = name.purpose().ordinal();
    stop(slot);
    names[slot] = name;
    running[slot] =
        loop.schedule(
            action.delay(),
            () -> {
              running[slot] = null;
              fired.accept(name);
            });
  }

  void stop(TxTimer name) {
    int slot = name.purpose().ordinal();
    if (names[slot] == name) {
      stop(slot);
    }
  }

  void stopAll() {
    for (int slot = 0; slot < running.length; slot++) {
      stop(slot);
    }
  }

  private void stop(int slot) {
    Timer timer = running[slot];
    if (timer != null) {
      timer.cancel();
      running[slot] = null;
    }
  }
}
