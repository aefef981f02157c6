package org.drawbridge.app;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.HeapPressure;

/**
 * Tells {@link HeapPressure} what each collection of this JVM leaves. The JVM calls on a thread of
 * its own.
 */
final class HeapWatch {

  private static final Logger LOG = LogManager.getLogger(HeapWatch.class);
  private static final long MEGABYTE = 1 << 20;

  private final HeapPressure pressure;
  private final Set<String> heapPools;

  private HeapWatch(HeapPressure pressure) {
    this.pressure = pressure;
    heapPools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Watches from now on, for as long as the process lives. */
  static void tell(HeapPressure pressure) {
    HeapWatch watch = new HeapWatch(pressure);
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener((event, _) -> watch.onEvent(event), null, null);
      }
    }
  }

  private void onEvent(Notification event) {
    if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      CompositeData data = (CompositeData) event.getUserData();
      onCollected(GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc());
    }
  }

  private void onCollected(Map<String, MemoryUsage> after) {
    long used = heapPools.stream().map(after::get).mapToLong(MemoryUsage::getUsed).sum();
    long max = Runtime.getRuntime().maxMemory();
    if (pressure.collected(used, max)) {
      LOG.warn(
          "Memory is short: {} of {} MB of heap are in use after a collection, new requests are"
              + " turned away; a larger heap (SBC_HEAP) would take more",
          used / MEGABYTE,
          max / MEGABYTE);
    }
  }
}
