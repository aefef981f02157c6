package org.drawbridge.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.TrunkGroup;
import org.drawbridge.routing.limit.Bounds;
import org.drawbridge.routing.rule.RouteTable;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.routing.value.DomainNames;
import org.drawbridge.sip.dialog.SessionTimerSettings;

/**
 * One configuration as calls use it. Immutable, so a reload swaps the whole of it and no request
 * sees half of each.
 *
 * @param routes where requests go
 * @param trunks whose address a request comes from
 * @param domains which hosts are ours
 * @param defaultDomain the domain we show where no other is known
 * @param relayed domains of PBXs behind us, by name
 * @param bounds limits that belong to no single trunk or account
 * @param session what we want of session timers
 * @param trusted names of trunks that are trusted with identities
 */
public record Ruleset(
    RouteTable routes,
    TrunkIndex trunks,
    DomainNames domains,
    String defaultDomain,
    Map<String, RelayedDomain> relayed,
    Bounds bounds,
    SessionTimerSettings session,
    Set<String> trusted) {

  /** Whether a trunk of this name is trusted with identities (RFC 3325), and its own believed. */
  public boolean trusts(String trunk) {
    return trusted.contains(trunk);
  }

  /** Those of the file, and the PBXs of relayed domains. */
  public static List<Trunk> trunks(SbcConfig config) {
    List<Trunk> all = new ArrayList<>(config.routing().trunks().values());
    config.accounts().relayed().values().forEach(domain -> all.add(domain.upstream()));
    return all;
  }

  /** Compiles a configuration as {@link RouteTable#compile(SbcConfig)} does. */
  public static Ruleset compile(SbcConfig config) {
    return compile(config, RouteTable.compile(config));
  }

  /** Compiles a configuration that was read without a problem, with its routes. */
  public static Ruleset compile(SbcConfig config, RouteTable routes) {
    return new Ruleset(
        routes,
        new TrunkIndex(trunks(config)),
        new DomainNames(config.domains()),
        config.defaultDomain(),
        config.accounts().relayed(),
        new Bounds(
            config.edge().limits().all(),
            config.accounts().groups(),
            config.routing().groups().values().stream()
                .map(TrunkGroup::prices)
                .filter(Objects::nonNull)
                .toList()),
        new SessionTimerSettings(
            (int) config.call().sessionExpires().toSeconds(),
            (int) config.call().minSe().toSeconds()),
        config.routing().trunks().values().stream()
            .filter(trunk -> trunk.rights().trusted())
            .map(Trunk::name)
            .collect(Collectors.toUnmodifiableSet()));
  }
}
