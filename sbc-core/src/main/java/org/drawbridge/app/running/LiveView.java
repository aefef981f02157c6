package org.drawbridge.app.running;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.app.explain.TrunkView;
import org.drawbridge.limit.MeterFacts;
import org.drawbridge.limit.Meters;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;

/** Trunks and devices of a running program. Thread-safe. */
final class LiveView implements TrunkView {

  private final UpstreamServices upstream;
  private final LocationService locations;
  private final LiveConfig live;
  private final Meters meters;

  LiveView(UpstreamServices upstream, LocationService locations, LiveConfig live, Meters meters) {
    this.upstream = upstream;
    this.locations = locations;
    this.live = live;
    this.meters = meters;
  }

  /** How all trunks stand, in the order of the configuration. */
  List<TrunkStatus> trunks() {
    return upstream.status();
  }

  @Override
  public @Nullable TrunkStatus status(String trunk) {
    return trunks().stream().filter(s -> s.name().equals(trunk)).findFirst().orElse(null);
  }

  @Override
  public int devices(String user, String domain) {
    return locations.lookup(new Aor(user, domain)).size();
  }

  /** How much of its limits a trunk has used up. */
  @Override
  public List<String> facts(String trunk) {
    Trunk configured = live.now().config().routing().trunks().get(trunk);
    return configured == null
        ? List.of()
        : words(configured.bounds().limits(), meters.ofTrunk(trunk));
  }

  private static List<String> words(Limits limits, MeterFacts used) {
    List<String> facts = new ArrayList<>();
    if (limits.calls() > 0) {
      facts.add("%d of %d calls".formatted(used.calls(), limits.calls()));
    }
    if (limits.rate() != null) {
      facts.add("no more than " + limits.rate() + " new calls");
    }
    if (limits.minutesADay() > 0) {
      facts.add("%d of %d minutes today".formatted(used.secondsToday() / 60, limits.minutesADay()));
    }
    long refused = used.refused().values().stream().mapToLong(Long::longValue).sum();
    if (refused > 0) {
      facts.add(refused + " calls kept out by its limits since the start");
    }
    return facts;
  }
}
