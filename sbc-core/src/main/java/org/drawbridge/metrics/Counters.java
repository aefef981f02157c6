package org.drawbridge.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The counters and gauges of one process by their names, for whoever shows them. A handle is
 * resolved once, when its owner is made, and then counted with. Names are those of Prometheus:
 * lower case, a counter ends with {@code _total}. Thread-safe.
 */
public final class Counters {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

  /** The name of the counter of bounds. */
  public static final String LIMITS = "drawbridge_limit_reached_total";

  private static final String LIMITS_HELP = "How often a bound was hit";

  private final Map<String, Family> families = new ConcurrentSkipListMap<>();

  private final Counter[] limits = new Counter[Limit.values().length];

  /** With those of bounds, and no others. */
  public Counters() {
    for (Limit limit : Limit.values()) {
      limits[limit.ordinal()] = count(LIMITS, LIMITS_HELP, "limit", limit.label());
    }
  }

  /** A bound was hit. */
  public void hit(Limit limit) {
    limits[limit.ordinal()].increment();
  }

  /** The counter of this name, made if there is none. */
  public Counter count(String name, String help) {
    return family(name, help, false, "").counter("");
  }

  /**
   * The counter of this name and value of its label, made if there is none. Beyond 1,000 values
   * they share the value {@code other}.
   *
   * @param label name of the label, the same for all counters of the name
   */
  public Counter count(String name, String help, String label, String value) {
    return family(name, help, false, label).counter(value);
  }

  /** Shows how often a bound was hit that is counted elsewhere. */
  public void limit(String limit, LongSupplier now) {
    counted(LIMITS, LIMITS_HELP, "limit", limit, now);
  }

  /**
   * Shows a counter that is kept elsewhere.
   *
   * @param now asked by any thread; never goes down
   */
  public void counted(String name, String help, String label, String value, LongSupplier now) {
    family(name, help, false, label).read(value, now);
  }

  /**
   * Shows a value that goes up and down; one of the same name before it is forgotten.
   *
   * @param now asked by any thread, must not wait
   */
  public void gauge(String name, String help, LongSupplier now) {
    family(name, help, true, "").read("", now);
  }

  /** As {@link #gauge(String, String, LongSupplier)} for one value of a label. */
  public void gauge(String name, String help, String label, String value, LongSupplier now) {
    family(name, help, true, label).read(value, now);
  }

  /**
   * Shows values that go up and down of things that come and go, each by its name: what is no more
   * is not shown. Beyond 1,000 the others are left out.
   *
   * @param now the values by those of the label; asked by any thread, must not wait
   */
  public void gauges(String name, String help, String label, Supplier<Map<String, Long>> now) {
    family(name, help, true, label).readAll(now);
  }

  private Family family(String name, String help, boolean isGauge, String label) {
    if (!NAME.matcher(name).matches() || !label.isEmpty() && !NAME.matcher(label).matches()) {
      throw new IllegalArgumentException("no name of a counter: " + name + " " + label);
    }
    Family family = families.computeIfAbsent(name, _ -> new Family(help, isGauge, label));
    if (family.isGauge != isGauge || !family.label.equals(label)) {
      throw new IllegalArgumentException(name + " is counted in another way already");
    }
    return family;
  }

  /** How often it happened; 0 where nothing is counted by this name. */
  public long get(String name) {
    return get(name, "");
  }

  /** How often it happened for this value of the label. */
  public long get(String name, String value) {
    Family family = families.get(name);
    LongSupplier series = family == null ? null : family.series().get(value);
    return series == null ? 0 : series.getAsLong();
  }

  /** All values of this moment, sorted by name and value of the label. */
  public List<Sample> snapshot() {
    List<Sample> out = new ArrayList<>();
    families.forEach(
        (name, family) ->
            family
                .series()
                .forEach(
                    (value, now) ->
                        out.add(new Sample(name, family.label, value, now.getAsLong()))));
    return out;
  }

  /** All values of this moment in the text format 0.0.4 of Prometheus. */
  public String text() {
    StringBuilder out = new StringBuilder(4_096);
    families.forEach((name, family) -> PrometheusText.append(out, name, family));
    return out.toString();
  }
}
