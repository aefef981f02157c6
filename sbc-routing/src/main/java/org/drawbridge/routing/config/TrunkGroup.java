package org.drawbridge.routing.config;

import java.util.List;
import org.drawbridge.routing.price.PriceTable;
import org.jspecify.annotations.Nullable;

/**
 * Trunks that serve a call together: one is picked, and the others follow where it fails.
 *
 * @param pick which comes first
 * @param members never empty
 * @param prices what they charge; present exactly where {@code pick} is {@link Pick#PRICE}
 */
public record TrunkGroup(Pick pick, List<Member> members, @Nullable PriceTable prices) {

  public TrunkGroup {
    members = List.copyOf(members);
  }

  /** Who comes first. */
  public enum Pick {
    /** The one that stands first. */
    ORDER,
    /** By chance, each as often as its weight is part of the sum. */
    WEIGHT,
    /** Each in turn. */
    ROUND_ROBIN,
    /** Whoever charges least for the number; one without a price is not tried. */
    PRICE
  }

  /**
   * A trunk of the group.
   *
   * @param trunk its name
   * @param weight its share among the members' weights; at least 1
   */
  public record Member(String trunk, int weight) {}
}
