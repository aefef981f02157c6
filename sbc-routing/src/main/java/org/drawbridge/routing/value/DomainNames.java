package org.drawbridge.routing.value;

import java.util.List;
import java.util.Set;

/** Our own SIP domains, for looking one up by name. Immutable. */
public final class DomainNames {

  private final Set<String> names;
  private final String first;

  /** Takes at least one domain, lower case. */
  public DomainNames(List<String> domains) {
    this.names = Set.copyOf(domains);
    this.first = domains.getFirst();
  }

  /** Whether a lower-case host is one of our domains. */
  public boolean isLocal(String host) {
    return names.contains(host);
  }

  /** The host itself where it is ours, else our first domain. */
  public String localOrDefault(String host) {
    return isLocal(host) ? host : first;
  }
}
