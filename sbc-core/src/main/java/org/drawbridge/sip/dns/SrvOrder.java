package org.drawbridge.sip.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which the hosts of SRV records are tried (RFC 2782, "weight"). Pure. */
final class SrvOrder {

  /** Those without weight first, so that they too have a small chance of being chosen. */
  private static final Comparator<Srv> BY_PRIORITY =
      Comparator.comparingInt(Srv::priority)
          .thenComparingInt(record -> record.weight() == 0 ? 0 : 1);

  private SrvOrder() {}

  /**
   * By priority, and in each priority by chance according to weight.
   *
   * @param random asked once for each record that is chosen among several
   */
  static List<Srv> of(List<Srv> records, RandomGenerator random) {
    List<Srv> ordered = new ArrayList<>();
    List<Srv> rest = new ArrayList<>(records);
    rest.sort(BY_PRIORITY);
    while (!rest.isEmpty()) {
      int priority = rest.getFirst().priority();
      List<Srv> equals =
          rest.subList(0, (int) rest.stream().filter(r -> r.priority() == priority).count());
      while (!equals.isEmpty()) {
        ordered.add(equals.remove(choose(equals, random)));
      }
    }
    return ordered;
  }

  private static int choose(List<Srv> equals, RandomGenerator random) {
    if (equals.size() == 1) {
      return 0;
    }
    int total = equals.stream().mapToInt(Srv::weight).sum();
    int left = random.nextInt(total + 1);
    for (int i = 0; i < equals.size(); i++) {
      left -= equals.get(i).weight();
      if (left <= 0) {
        return i;
      }
    }
    return equals.size() - 1;
  }
}
