package org.drawbridge.sip.transaction;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;

/** Which transactions wait on which stream. A UDP flow never closes, so it is not kept. */
final class FlowIndex<T> {

  private final Map<FlowId, Set<T>> byFlow = new HashMap<>();

  void add(Flow flow, T transaction) {
    if (flow.transport().isReliable()) {
      byFlow.computeIfAbsent(flow.id(), id -> new LinkedHashSet<>()).add(transaction);
    }
  }

  void remove(Flow flow, T transaction) {
    Set<T> waiting = flow.transport().isReliable() ? byFlow.get(flow.id()) : null;
    if (waiting != null && waiting.remove(transaction) && waiting.isEmpty()) {
      byFlow.remove(flow.id());
    }
  }

  /** Forgets a flow. */
  Collection<T> removeAll(Flow flow) {
    Set<T> waiting = byFlow.remove(flow.id());
    return waiting == null ? List.of() : waiting;
  }
}
