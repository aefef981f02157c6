package org.drawbridge.sim;

import org.drawbridge.loop.Loop;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.loop.Timer;

/** One of several loops on the same virtual clock. */
record LoopView(SimLoop loop, int index) implements Loop {
  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    return loop.schedule(delayMillis, task);
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }
}
