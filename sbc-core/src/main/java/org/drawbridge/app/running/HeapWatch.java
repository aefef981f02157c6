package org.drawbridge.app.running;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Collected;
import org.drawbridge.loop.HeapPressure;

/**
 * Tells {@link HeapPressure} what each collection of this JVM leaves, which the JVM says on a
 * thread of its own. While new work is turned away there may be so little to do that nothing is
 * collected any more: then a thread of ours asks for a collection from time to time, so that it is
 * seen when there is room again. With ZGC nobody waits for that collection.
 */
final class HeapWatch {

  private static final Logger LOG = LogManager.getLogger(HeapWatch.class);
  private static final long MEGABYTE = 1 << 20;

  /** While memory is tight, whether it still is is seen at least this often. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final HeapPressure pressure;
  private final long lookEveryMillis;

  /** Where what is needed lies after a collection: not that with what came while ZGC ran. */
  private final Set<String> heapPools;

  private HeapWatch(HeapPressure pressure, Duration lookEvery) {
    this.pressure = pressure;
    lookEveryMillis = lookEvery.toMillis();
    heapPools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .filter(name -> !name.equals("ZGC Young Generation"))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Watches from now on, for as long as the process lives. */
  static void tell(HeapPressure pressure) {
    tell(pressure, LOOK_EVERY);
  }

  static void tell(HeapPressure pressure, Duration lookEvery) {
    HeapWatch watch = new HeapWatch(pressure, lookEvery);
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener((event, _) -> watch.onEvent(event), null, null);
      }
    }
  }

  private void onEvent(Notification event) {
    if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      var info = GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData());
      kindOf(info.getGcName(), info.getGcAction())
          .ifPresent(kind -> onCollected(kind, info.getGcInfo().getMemoryUsageAfterGc()));
    }
  }

  /**
   * What a collection has gone through, as its JVM names it; empty for what is only a part of one,
   * such as the pauses of ZGC, and says nothing of memory.
   */
  static Optional<Collected> kindOf(String name, String action) {
    return switch (action) {
      case "end of GC cycle" -> // ZGC and Shenandoah
          Optional.of(name.contains("Minor") ? Collected.PART : Collected.WHOLE);
      case "end of major GC" -> Optional.of(Collected.WHOLE); // G1, Parallel, Serial
      case "end of minor GC" -> Optional.of(Collected.PART);
      default -> Optional.empty();
    };
  }

  private void onCollected(Collected kind, Map<String, MemoryUsage> after) {
    long used = heapPools.stream().map(after::get).mapToLong(MemoryUsage::getUsed).sum();
    if (told(pressure, kind, used, Runtime.getRuntime().maxMemory())) {
      Thread.ofPlatform().daemon().name("heap-watch").start(this::lookUntilThereIsRoom);
    }
  }

  /**
   * Tells of a collection, and the log of what changes by it; whether memory has just become tight.
   */
  static boolean told(HeapPressure pressure, Collected kind, long used, long max) {
    boolean wasTight = pressure.isTight();
    boolean begins = pressure.collected(kind, used, max);
    if (begins) {
      LOG.warn(
          "Memory is short: {} of {} MB of heap are in use after a collection, new requests are"
              + " turned away; a larger heap (SBC_HEAP) would take more",
          used / MEGABYTE,
          max / MEGABYTE);
    } else if (wasTight && !pressure.isTight()) {
      LOG.info(
          "Memory is short no more: {} of {} MB of heap are in use, new requests are taken again",
          used / MEGABYTE,
          max / MEGABYTE);
    }
    return begins;
  }

  private void lookUntilThereIsRoom() {
    try {
      while (pressure.isTight()) {
        Thread.sleep(lookEveryMillis);
        if (pressure.isTight()) {
          System.gc();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
