package org.drawbridge.routing.limit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.price.PriceTable;
import org.drawbridge.routing.price.Quote;
import org.jspecify.annotations.Nullable;

/**
 * The limits that belong to no single trunk or account.
 *
 * @param all of all calls together
 * @param groups of the accounts of a group together, by the group's name
 * @param prices what trunks charge
 */
public record Bounds(Limits all, Map<String, Limits> groups, List<PriceTable> prices) {

  /** None. */
  public static final Bounds NONE = new Bounds(Limits.NONE, Map.of(), List.of());

  public Bounds {
    groups = Map.copyOf(groups);
    prices = List.copyOf(prices);
  }

  /** What a trunk charges for a minute to a number, by the first list that says; null if none. */
  public @Nullable BigDecimal price(String trunk, String number) {
    for (PriceTable table : prices) {
      List<Quote> quotes = table.quotes(number, List.of(trunk));
      if (!quotes.isEmpty()) {
        return quotes.getFirst().price();
      }
    }
    return null;
  }

  /** Those of a group; none where nothing is said of it. */
  public Limits group(String name) {
    return groups.getOrDefault(name, Limits.NONE);
  }
}
