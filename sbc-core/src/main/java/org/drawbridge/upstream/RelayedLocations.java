package org.drawbridge.upstream;

import java.util.List;
import java.util.Set;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** Our own accounts and the phones of relayed domains, each where they are kept. Thread-safe. */
public final class RelayedLocations implements LocationService {

  private final LocationService own;
  private final RelayTable relayed;
  private final Set<String> domains;

  /**
   * Joins both.
   *
   * @param domains the relayed ones
   */
  public RelayedLocations(LocationService own, RelayTable relayed, Set<String> domains) {
    this.own = own;
    this.relayed = relayed;
    this.domains = Set.copyOf(domains);
  }

  @Override
  public List<Binding> lookup(Aor aor) {
    return isRelayed(aor) ? relayed.lookup(aor) : own.lookup(aor);
  }

  @Override
  public boolean exists(Aor aor) {
    return isRelayed(aor) ? !relayed.lookup(aor).isEmpty() : own.exists(aor);
  }

  @Override
  public @Nullable Gruu gruu(SipUri uri) {
    return own.gruu(uri);
  }

  private boolean isRelayed(Aor aor) {
    return aor.domain().equals(RelayTable.ALIASES) || domains.contains(aor.domain());
  }
}
