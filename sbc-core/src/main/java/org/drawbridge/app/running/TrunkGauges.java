package org.drawbridge.app.running;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.drawbridge.app.explain.TrunkWords;
import org.drawbridge.metrics.Counters;
import org.drawbridge.upstream.RegistrationStatus;
import org.drawbridge.upstream.TargetStatus;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;

/** Shows how each trunk of the configuration in force stands, by its name. */
final class TrunkGauges {

  private static final String LABEL = "trunk";

  private TrunkGauges() {}

  /**
   * Shows it.
   *
   * @param trunks how all stand now
   * @param calls how many calls a trunk has now
   */
  static void show(
      Counters counters, Supplier<List<TrunkStatus>> trunks, ToLongFunction<String> calls) {
    counters.gauges(
        "drawbridge_trunk_up",
        "1 where calls go to the trunk, 0 where they go past it: not registered, resting after"
            + " failed calls, or no target answers",
        LABEL,
        () -> values(trunks.get(), trunk -> number(TrunkWords.of(trunk).isUp())));
    counters.gauges(
        "drawbridge_trunk_registered",
        "1 where we are registered with the trunk or it is with us, 0 where that should be",
        LABEL,
        () ->
            values(
                trunks.get(),
                trunk -> trunk.registration() != null || trunk.contacts() != null,
                trunk ->
                    number(
                        trunk.contacts() == null ? isUp(trunk.registration()) : !trunk.isAway())));
    counters.gauges(
        "drawbridge_trunk_targets",
        "Targets of the trunk in the configuration",
        LABEL,
        () -> values(trunks.get(), trunk -> trunk.targets().size()));
    counters.gauges(
        "drawbridge_trunk_targets_up",
        "Targets of the trunk that are not known to be down",
        LABEL,
        () ->
            values(
                trunks.get(), trunk -> trunk.targets().stream().filter(TargetStatus::up).count()));
    counters.gauges(
        "drawbridge_trunk_calls",
        "Calls to and from the trunk now",
        LABEL,
        () -> values(trunks.get(), trunk -> calls.applyAsLong(trunk.name())));
  }

  private static Map<String, Long> values(
      List<TrunkStatus> trunks, ToLongFunction<TrunkStatus> value) {
    return values(trunks, _ -> true, value);
  }

  private static Map<String, Long> values(
      List<TrunkStatus> trunks, Predicate<TrunkStatus> wanted, ToLongFunction<TrunkStatus> value) {
    Map<String, Long> all = new LinkedHashMap<>();
    trunks.stream()
        .filter(wanted)
        .forEach(trunk -> all.put(trunk.name(), value.applyAsLong(trunk)));
    return all;
  }

  private static boolean isUp(@Nullable RegistrationStatus registration) {
    return registration != null && registration.state() == RegistrationStatus.State.UP;
  }

  private static long number(boolean is) {
    return is ? 1 : 0;
  }
}
