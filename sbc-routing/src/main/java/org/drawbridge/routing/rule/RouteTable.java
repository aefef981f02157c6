package org.drawbridge.routing.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.config.SbcConfig;

/**
 * The routes of a configuration, compiled. The first route that matches decides; where none does,
 * the request is refused. Immutable, so any thread may ask, and a reload swaps the whole table.
 */
public final class RouteTable {

  /** Name that stands for the decision when no route matches. */
  public static final String NO_ROUTE = "none";

  private static final FailurePolicy STOP = new FailurePolicy(Set.of(), false);

  private final List<Route> routes;
  private final Duration ringTimeout;

  private RouteTable(List<Route> routes, Duration ringTimeout) {
    this.routes = routes;
    this.ringTimeout = ringTimeout;
  }

  /** Compiles the routes of a configuration that was read without a problem. */
  public static RouteTable compile(SbcConfig config) {
    return compile(config, bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /**
   * Compiles the routes with dice of the caller's.
   *
   * @param dice gives a number from 0 to below its argument; asked by any thread
   */
  static RouteTable compile(SbcConfig config, IntUnaryOperator dice) {
    return new RouteTable(
        config.routing().routes().stream()
            .map(route -> Route.compile(route, config, dice))
            .toList(),
        config.call().ringTimeout());
  }

  /**
   * Decides where a request goes. The same question has the same answer, but for the order of
   * trunks that share calls by weight or in turn.
   */
  public RouteDecision decide(RouteQuery query) {
    return decide(query, _ -> {});
  }

  /** Decides as {@link #decide(RouteQuery)} does and tells why, route by route. */
  public Explanation explain(RouteQuery query) {
    List<RuleCheck> checks = new ArrayList<>();
    RouteDecision decision = decide(query, checks::add);
    return new Explanation(checks, decision);
  }

  /**
   * A decision that no route has to make, since sender and target belong together.
   *
   * @param name what stands in logs for a route
   */
  public RouteDecision straight(String name, Party caller, Party callee, RouteTarget target) {
    return new RouteDecision.Deliver(
        name, caller, callee, List.of(target), ringTimeout, STOP, CallHandling.STANDARD);
  }

  private RouteDecision decide(RouteQuery query, Consumer<RuleCheck> trace) {
    for (Route route : routes) {
      switch (route.evaluate(query)) {
        case Route.Outcome.Taken(RouteDecision decision) -> {
          trace.accept(new RuleCheck(route.name(), true, "matches"));
          return decision;
        }
        case Route.Outcome.Skipped(String why) ->
            trace.accept(new RuleCheck(route.name(), false, why));
      }
    }
    return new RouteDecision.Refuse(404, "No route matches", NO_ROUTE);
  }

  /**
   * A decision and how it came about.
   *
   * @param checks the routes in order, up to and with the one that decided
   */
  public record Explanation(List<RuleCheck> checks, RouteDecision decision) {

    public Explanation {
      checks = List.copyOf(checks);
    }
  }
}
