package org.drawbridge.app.running;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** What makes a running program read its configuration again without being asked at its socket. */
public final class ReloadTriggers {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.config");

  private static final long LOOK_MILLIS = 1_000;

  /** Editors write a file in steps; it is read when it has stayed the same for as long. */
  private static final long SETTLE_MILLIS = 500;

  private ReloadTriggers() {}

  /** SIGHUP, as daemons are told since ever. */
  public static void onSignal(Reloader reloader) {
    try {
      SignalHandler before = Signal.handle(new Signal("HUP"), signal -> reloader.reload("SIGHUP"));
      if (before == SignalHandler.SIG_IGN) { // and the JVM leaves it at that
        LOG.info("SIGHUP is ignored, as under nohup: bin/sbc reload and changed files are not");
      }
    } catch (IllegalArgumentException e) {
      LOG.info("no SIGHUP here: {}", e.getMessage());
    }
  }

  /**
   * Changes of any file that was read; a look at each once a second works on every file system.
   *
   * @param others look at something else each time
   */
  public static void onChange(Reloader reloader, List<Runnable> others) {
    Thread.ofPlatform().daemon().name("config-watch").start(() -> watch(reloader, others));
  }

  private static void watch(Reloader reloader, List<Runnable> others) {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        others.forEach(Runnable::run);
        FileStamps seen = reloader.seen();
        FileStamps found = seen.again();
        if (!found.equals(seen)) {
          settle(found);
          reloader.reloadIfChanged("file");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void settle(FileStamps found) throws InterruptedException {
    FileStamps before = found;
    while (true) {
      Thread.sleep(SETTLE_MILLIS);
      FileStamps now = before.again();
      if (now.equals(before)) {
        return;
      }
      before = now;
    }
  }
}
