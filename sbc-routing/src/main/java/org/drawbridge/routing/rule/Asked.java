package org.drawbridge.routing.rule;

import java.time.Instant;
import org.drawbridge.routing.condition.Occasion;
import org.drawbridge.routing.condition.RequestFacts;
import org.jspecify.annotations.Nullable;

/** A request while the table is asked about it. Used by one thread. */
final class Asked implements Occasion {

  private final RouteQuery query;
  private final Surroundings surroundings;
  private @Nullable Instant time;

  Asked(RouteQuery query, Surroundings surroundings) {
    this.query = query;
    this.surroundings = surroundings;
  }

  RouteQuery query() {
    return query;
  }

  @Override
  public String callerNumber() {
    return query.caller().user();
  }

  @Override
  public String calleeNumber() {
    return query.callee().user();
  }

  @Override
  public RequestFacts facts() {
    return query.facts();
  }

  @Override
  public Instant time() {
    if (time == null) {
      time = surroundings.clock().instant();
    }
    return time;
  }
}
