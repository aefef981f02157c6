package org.drawbridge.routing.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.trunk.Trunk;

/**
 * Where calls go.
 *
 * @param trunks by name, in the order of the file
 * @param groups trunks that serve calls together, by name
 * @param routes the first that matches decides
 */
public record RoutingConfig(
    Map<String, Trunk> trunks, Map<String, TrunkGroup> groups, List<RouteConfig> routes) {

  public RoutingConfig {
    trunks = Collections.unmodifiableMap(new LinkedHashMap<>(trunks));
    groups = Map.copyOf(groups);
    routes = List.copyOf(routes);
  }
}
