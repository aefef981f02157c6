package org.drawbridge.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that has one name: one series, or one for each value of the label. */
final class Family {

  /** A value of the label beyond this many is counted with all others like it. */
  static final int MAX_VALUES = 1_000;

  /** Stands for those. */
  static final String OTHER = "other";

  final String help;
  final boolean isGauge;
  final String label;

  /** By the value of the label. */
  private final Map<String, LongSupplier> series = new ConcurrentSkipListMap<>();

  /** The series that were made here; a series that is only read is not among them. */
  private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();

  private volatile @Nullable Supplier<Map<String, Long>> all;

  Family(String help, boolean isGauge, String label) {
    this.help = help;
    this.isGauge = isGauge;
    this.label = label;
  }

  Counter counter(String value) {
    return counters.computeIfAbsent(
        bounded(value),
        key -> {
          Counter made = new Counter();
          series.put(key, made::get);
          return made;
        });
  }

  void read(String value, LongSupplier now) {
    series.put(bounded(value), now);
  }

  /** Shows in place of all series what is asked for anew each time. */
  void readAll(Supplier<Map<String, Long>> now) {
    all = now;
  }

  private String bounded(String value) {
    return series.size() < MAX_VALUES || series.containsKey(value) ? value : OTHER;
  }

  /** All series by the value of the label, in its order. */
  Map<String, LongSupplier> series() {
    Supplier<Map<String, Long>> asked = all;
    if (asked == null) {
      return series;
    }
    Map<String, LongSupplier> found = new TreeMap<>();
    for (Map.Entry<String, Long> one : asked.get().entrySet()) {
      long amount = one.getValue();
      if (found.size() < MAX_VALUES) {
        found.put(one.getKey(), () -> amount);
      }
    }
    return found;
  }
}
