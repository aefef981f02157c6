package org.drawbridge.routing.rule;

import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.FailurePolicy;

/** What becomes of a request. */
public sealed interface RouteDecision {

  /** Name of the route that decided, for logs; {@code none} where no route matched. */
  String route();

  /**
   * Send it on.
   *
   * @param caller the caller after rewriting, for the From header
   * @param callee the callee after rewriting
   * @param targets destinations to try one after the other; never empty
   * @param ringTimeout longest wait at one target for its final answer
   * @param onFailure which failures lead to the next target
   * @param handling how the call is carried
   */
  record Deliver(
      String route,
      Party caller,
      Party callee,
      List<RouteTarget> targets,
      Duration ringTimeout,
      FailurePolicy onFailure,
      CallHandling handling)
      implements RouteDecision {

    public Deliver {
      targets = List.copyOf(targets);
    }

    /** The same for a call that shows another caller. */
    public Deliver withCaller(Party shown) {
      return new Deliver(route, shown, callee, targets, ringTimeout, onFailure, handling);
    }
  }

  /**
   * Answer it with a failure.
   *
   * @param status final status code, 400 to 699
   * @param reason the reason phrase, safe to show to the caller
   */
  record Refuse(int status, String reason, String route) implements RouteDecision {}
}
