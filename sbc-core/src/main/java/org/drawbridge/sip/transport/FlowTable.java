package org.drawbridge.sip.transport;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/** The open connections by id. Thread-safe; bounded by the cap on connections. */
final class FlowTable {
  private final ConcurrentHashMap<FlowId, StreamFlow> byId = new ConcurrentHashMap<>();

  void add(StreamFlow flow) {
    byId.put(flow.id(), flow);
  }

  void remove(StreamFlow flow) {
    byId.remove(flow.id());
  }

  @Nullable StreamFlow find(FlowId id) {
    return byId.get(id);
  }

  /** All of them at this moment. */
  List<StreamFlow> all() {
    return List.copyOf(byId.values());
  }
}
