package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.drawbridge.routing.config.TrunkGroup.Member;

/**
 * Shares calls among trunks by their weights, and evenly: of any hundred calls in a row a trunk
 * gets its share but for one or two, where dice would miss it by ten. Which of them come first is
 * the next point of a Weyl sequence, which has no period that the calls of a site could have too.
 * Any thread may ask.
 */
final class WeightedShare implements TrunkChoice {

  /** The golden ratio's fraction, times 2 to the power of 64: its multiples lie farthest apart. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final List<Member> members;
  private final IntUnaryOperator dice;
  private final AtomicLong turn;

  /**
   * Begins anywhere, so that many reloads do not prefer the first trunk.
   *
   * @param dice gives a number from 0 to below its argument, each as likely
   */
  WeightedShare(List<Member> members, IntUnaryOperator dice) {
    this.members = members;
    this.dice = dice;
    this.turn = new AtomicLong(dice.applyAsInt(1 << 30));
  }

  @Override
  public List<String> order(String number) {
    List<Member> left = new ArrayList<>(members);
    List<String> order = new ArrayList<>(members.size());
    order.add(left.remove(drawn(left, nextPoint(sum(left)))).trunk());
    while (!left.isEmpty()) {
      // Drawn too, so that whoever is second gets its due of what the first one fails.
      order.add(left.remove(drawn(left, dice.applyAsInt(sum(left)))).trunk());
    }
    return order;
  }

  /** From 0 to below the sum. */
  private int nextPoint(int sum) {
    return (int) Math.unsignedMultiplyHigh(turn.getAndIncrement() * STEP, sum);
  }

  private static int sum(List<Member> members) {
    int sum = 0;
    for (Member member : members) {
      sum += member.weight();
    }
    return sum;
  }

  private static int drawn(List<Member> members, int point) {
    int rest = point;
    for (int i = 0; i < members.size() - 1; i++) {
      rest -= members.get(i).weight();
      if (rest < 0) {
        return i;
      }
    }
    return members.size() - 1;
  }
}
