package org.drawbridge.sip.transaction;

import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;
import org.jspecify.annotations.Nullable;

/** The timers one transaction has running: at most one of each purpose. */
final class TxTimers {

  /** Who is told that a timer has fired. */
  interface Owner {
    void onTimer(TxTimer timer);
  }

  private final Loop loop;
  private final Owner owner;
  private @Nullable Running nextSend;
  private @Nullable Running end;

  TxTimers(Loop loop, Owner owner) {
    this.loop = loop;
    this.owner = owner;
  }

  void start(TxAction.StartTimer action) {
    TxTimer name = action.timer();
    cancel(running(name));
    put(name, new Running(name, action.delay()));
  }

  void stop(TxTimer name) {
    Running current = running(name);
    if (current != null && current.name == name) {
      cancel(current);
      put(name, null);
    }
  }

  void stopAll() {
    cancel(nextSend);
    cancel(end);
    nextSend = null;
    end = null;
  }

  private static void cancel(@Nullable Running running) {
    if (running != null) {
      running.timer.cancel();
    }
  }

  private @Nullable Running running(TxTimer name) {
    return switch (name.purpose()) {
      case NEXT_SEND -> nextSend;
      case END -> end;
    };
  }

  private void put(TxTimer name, @Nullable Running running) {
    switch (name.purpose()) {
      case NEXT_SEND -> nextSend = running;
      case END -> end = running;
    }
  }

  private final class Running implements Runnable {

    private final TxTimer name;
    private final Timer timer;

    Running(TxTimer name, long delay) {
      this.name = name;
      this.timer = loop.schedule(delay, this);
    }

    @Override
    public void run() {
      put(name, null);
      owner.onTimer(name);
    }
  }
}
