package org.drawbridge.b2bua;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.sim.Lab;
import org.drawbridge.sip.flow.Flow;

/**
 * Looks every second whether the two sides of each answered call of the first loop know the same of
 * each other.
 */
final class AgreementWatch {

  /** Longer than we try to tell a side that changes its own session at the same time, s. */
  private static final int PATIENCE = 40;

  private final Lab lab;
  private final Map<Call, Integer> apart = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  AgreementWatch(Lab lab, List<Flow> flows, int seconds) {
    this.lab = lab;
    for (int i = 1; i <= seconds; i++) {
      lab.loop().schedule(1_000L * i, () -> look(flows));
    }
  }

  List<String> faults() {
    return faults;
  }

  private void look(List<Flow> flows) {
    Set<Call> seen = new HashSet<>();
    for (Flow flow : flows) {
      lab.core().calls().table().on(flow).forEach(leg -> seen.add(Call.of(leg)));
    }
    apart.keySet().retainAll(seen);
    for (Call call : seen) {
      if (call.isTalking() && call.all().size() == 2 && isApart(call)) {
        if (apart.merge(call, 1, Integer::sum) == PATIENCE) {
          faults.add(
              call.id()
                  + " "
                  + call.all().stream()
                      .map(
                          l ->
                              l.name()
                                  + " "
                                  + l.peer().label()
                                  + " "
                                  + l.media().localDescription())
                      .toList());
        }
      } else {
        apart.remove(call);
      }
    }
  }

  private static boolean isApart(Call call) {
    Leg one = call.all().getFirst();
    Leg other = call.all().getLast();
    return !one.isIdle()
        || !other.isIdle()
        || !one.media().isNegotiated()
        || !other.media().isNegotiated()
        || !one.media().reflects(other.media())
        || !other.media().reflects(one.media());
  }
}
