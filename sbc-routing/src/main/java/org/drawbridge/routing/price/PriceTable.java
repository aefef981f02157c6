package org.drawbridge.routing.price;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.routing.number.PrefixTable;

/**
 * The prices of several trunks. Each trunk's longest prefix counts for itself, since carriers cut
 * the world into different pieces. Immutable.
 */
public final class PriceTable {

  private static final Comparator<Quote> CHEAPEST_FIRST = Comparator.comparing(Quote::price);

  private final Map<String, PrefixTable<Quote>> byTrunk;

  PriceTable(Map<String, PrefixTable<Quote>> byTrunk) {
    this.byTrunk = Map.copyOf(byTrunk);
  }

  /** The trunks that have a price for anything. */
  public Set<String> trunks() {
    return byTrunk.keySet();
  }

  /** How many prices there are. */
  public int size() {
    return byTrunk.values().stream().mapToInt(PrefixTable::size).sum();
  }

  /**
   * What these trunks charge for a number, the cheapest first; of equals, the one that comes first
   * in {@code trunks}. A trunk without a price for the number is left out.
   */
  public List<Quote> quotes(String number, List<String> trunks) {
    List<Quote> quotes = new ArrayList<>(trunks.size());
    for (String trunk : trunks) {
      PrefixTable<Quote> prices = byTrunk.get(trunk);
      Quote quote = prices == null ? null : prices.find(number);
      if (quote != null) {
        quotes.add(quote);
      }
    }
    quotes.sort(CHEAPEST_FIRST);
    return quotes;
  }
}
