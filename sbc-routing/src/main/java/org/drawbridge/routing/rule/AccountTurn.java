package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.drawbridge.routing.config.RouteConfig.Target;

/** In which order accounts that are called together ring for a call. Any thread may ask. */
@FunctionalInterface
interface AccountTurn {

  /** The accounts in the order for the next call. */
  Target.Accounts next();

  /**
   * The turn that a target asks for.
   *
   * @param dice gives a number from 0 to below its argument, each as likely
   */
  static AccountTurn of(Target.Accounts accounts, IntUnaryOperator dice) {
    return switch (accounts.ring()) {
      case ALL, IN_TURN -> () -> accounts;
      case ROUND_ROBIN -> inTurn(accounts);
      case RANDOM -> () -> ordered(accounts, shuffled(accounts.names(), dice));
    };
  }

  private static AccountTurn inTurn(Target.Accounts accounts) {
    AtomicInteger turn = new AtomicInteger();
    List<String> names = accounts.names();
    return () -> {
      int first = Math.floorMod(turn.getAndIncrement(), names.size());
      List<String> order = new ArrayList<>(names.subList(first, names.size()));
      order.addAll(names.subList(0, first));
      return ordered(accounts, order);
    };
  }

  private static List<String> shuffled(List<String> names, IntUnaryOperator dice) {
    List<String> left = new ArrayList<>(names);
    List<String> order = new ArrayList<>(names.size());
    while (!left.isEmpty()) {
      order.add(left.remove(dice.applyAsInt(left.size())));
    }
    return order;
  }

  private static Target.Accounts ordered(Target.Accounts accounts, List<String> names) {
    return new Target.Accounts(names, accounts.ring());
  }
}
