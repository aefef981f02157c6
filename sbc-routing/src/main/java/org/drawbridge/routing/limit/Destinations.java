package org.drawbridge.routing.limit;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where calls may go that leave by a trunk.
 *
 * @param countries their two letters (ISO 3166-1); the first is where numbers without {@code +} are
 *     dialled; empty for everywhere
 * @param maxPrice the most that a minute may cost, in the currency of the price lists; null for any
 *     price
 */
public record Destinations(List<String> countries, @Nullable BigDecimal maxPrice) {

  /** Everywhere. */
  public static final Destinations ALL = new Destinations(List.of(), null);

  public Destinations {
    countries = List.copyOf(countries);
  }
}
