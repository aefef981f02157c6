package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.drawbridge.routing.config.TrunkGroup;
import org.drawbridge.routing.config.TrunkGroup.Member;
import org.drawbridge.routing.price.PriceTable;
import org.drawbridge.routing.price.Quote;

/** In which order the trunks of a group are tried for a number. Any thread may ask. */
@FunctionalInterface
interface TrunkChoice {

  /** Names of trunks, the first to be tried first; may be empty. */
  List<String> order(String number);

  /**
   * The choice a group asks for.
   *
   * @param dice gives a number from 0 to below its argument, each as likely
   */
  static TrunkChoice of(TrunkGroup group, IntUnaryOperator dice) {
    List<String> names = group.members().stream().map(Member::trunk).toList();
    PriceTable prices = group.prices();
    return switch (group.pick()) {
      case ORDER -> _ -> names;
      case WEIGHT -> new WeightedShare(group.members(), dice);
      case ROUND_ROBIN -> inTurn(names);
      case PRICE ->
          number ->
              prices == null
                  ? names
                  : prices.quotes(number, names).stream().map(Quote::trunk).toList();
    };
  }

  private static TrunkChoice inTurn(List<String> names) {
    AtomicInteger turn = new AtomicInteger();
    return _ -> {
      int first = Math.floorMod(turn.getAndIncrement(), names.size());
      List<String> order = new ArrayList<>(names.subList(first, names.size()));
      order.addAll(names.subList(0, first));
      return order;
    };
  }
}
