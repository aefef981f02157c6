package org.drawbridge.upstream;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** Our own accounts and the phones of relayed domains, each where they are kept. Thread-safe. */
public final class RelayedLocations implements LocationService {

  private final LocationService own;
  private final RelayTable relayed;
  private final Predicate<String> relays;

  /**
   * Joins both.
   *
   * @param relays whether a domain is relayed, asked for each look-up
   */
  public RelayedLocations(LocationService own, RelayTable relayed, Predicate<String> relays) {
    this.own = own;
    this.relayed = relayed;
    this.relays = relays;
  }

  @Override
  public List<Binding> lookup(Aor aor) {
    return isRelayed(aor) ? relayed.lookup(aor) : own.lookup(aor);
  }

  @Override
  public Set<Aor> over(FlowId flow) {
    return own.over(flow);
  }

  @Override
  public boolean exists(Aor aor) {
    return isRelayed(aor) ? !relayed.lookup(aor).isEmpty() : own.exists(aor);
  }

  @Override
  public @Nullable Gruu gruu(SipUri uri) {
    return own.gruu(uri);
  }

  @Override
  public void flowFailed(Binding binding) {
    if (isRelayed(binding.aor())) {
      relayed.flowFailed(binding);
    } else {
      own.flowFailed(binding);
    }
  }

  private boolean isRelayed(Aor aor) {
    return aor.domain().equals(RelayTable.ALIASES) || relays.test(aor.domain());
  }
}
