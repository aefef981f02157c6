package org.drawbridge.routing.limit;

import java.util.Map;

/**
 * The limits that belong to no single trunk or account.
 *
 * @param all of all calls together
 * @param groups of the accounts of a group together, by the group's name
 */
public record Bounds(Limits all, Map<String, Limits> groups) {

  /** None. */
  public static final Bounds NONE = new Bounds(Limits.NONE, Map.of());

  public Bounds {
    groups = Map.copyOf(groups);
  }

  /** Those of a group; none where nothing is said of it. */
  public Limits group(String name) {
    return groups.getOrDefault(name, Limits.NONE);
  }
}
