package org.drawbridge.routing.rule;

import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.FailurePolicy;
import org.jspecify.annotations.Nullable;

/** What becomes of a request. */
public sealed interface RouteDecision extends RouteVerdict {

  /** Name of the route that decided, for logs; {@code none} where no route matched. */
  String route();

  /**
   * Send it on.
   *
   * @param caller the caller after rewriting, for the From header
   * @param callee the callee after rewriting
   * @param targets destinations to try one after the other; never empty
   * @param persistence how long and after which failures it is tried
   * @param handling how the call is carried
   * @param changes how requests differ from what would go out otherwise
   */
  record Deliver(
      String route,
      Party caller,
      Party callee,
      List<RouteTarget> targets,
      Persistence persistence,
      CallHandling handling,
      RequestChanges changes)
      implements RouteDecision {

    public Deliver {
      targets = List.copyOf(targets);
    }

    /** The same for a call that shows another caller. */
    public Deliver withCaller(Party shown) {
      return new Deliver(route, shown, callee, targets, persistence, handling, changes);
    }

    /** Longest wait at one target for its final answer. */
    public Duration ringTimeout() {
      return persistence.ringTimeout();
    }

    /** Which failures lead to the next target. */
    public FailurePolicy onFailure() {
      return persistence.onFailure();
    }
  }

  /**
   * How long and after which failures targets are tried.
   *
   * @param ringTimeout longest wait at one target
   * @param totalTimeout longest wait at all of them together, or null for no end
   * @param onFailure which failures lead to the next target
   */
  record Persistence(
      Duration ringTimeout, @Nullable Duration totalTimeout, FailurePolicy onFailure) {}

  /**
   * Answer it with a failure.
   *
   * @param status final status code, 400 to 699
   * @param reason the reason phrase, safe to show to the caller
   */
  record Refuse(int status, String reason, String route) implements RouteDecision {}
}
