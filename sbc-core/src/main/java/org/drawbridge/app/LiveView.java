package org.drawbridge.app;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;

/** Trunks and devices of a running program. Thread-safe. */
final class LiveView implements TrunkView {

  private final UpstreamServices upstream;
  private final LocationService locations;

  LiveView(UpstreamServices upstream, LocationService locations) {
    this.upstream = upstream;
    this.locations = locations;
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
}
