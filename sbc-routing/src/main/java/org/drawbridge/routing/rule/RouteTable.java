package org.drawbridge.routing.rule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.config.SbcConfig;

/**
 * The routes of a configuration, compiled. The first route that matches decides; where none does,
 * the request is refused. Immutable, so any thread may ask, and a reload swaps the whole table.
 */
public final class RouteTable {

  /** Name that stands for the decision when no route matches. */
  public static final String NO_ROUTE = "none";

  private static final Trace SILENT = (_, _, _) -> {};

  private static final FailurePolicy STOP = new FailurePolicy(Set.of(), false);

  private final List<Route> routes;
  private final Duration ringTimeout;
  private final Surroundings surroundings;

  private RouteTable(List<Route> routes, Duration ringTimeout, Surroundings surroundings) {
    this.routes = routes;
    this.ringTimeout = ringTimeout;
    this.surroundings = surroundings;
  }

  /** Compiles routes by the clock of this machine, for whom no account is in any group. */
  public static RouteTable compile(SbcConfig config) {
    return compile(config, AccountGroups.NONE, InstantSource.system());
  }

  /**
   * Compiles the routes of a configuration that was read without a problem.
   *
   * @param groups who belongs to which group of accounts
   * @param clock what time it is
   */
  public static RouteTable compile(SbcConfig config, AccountGroups groups, InstantSource clock) {
    return compile(
        config,
        new Surroundings(groups, clock, bound -> ThreadLocalRandom.current().nextInt(bound)));
  }

  static RouteTable compile(SbcConfig config, Surroundings surroundings) {
    return new RouteTable(
        config.routing().routes().stream()
            .map(route -> Route.compile(route, config, surroundings))
            .toList(),
        config.call().ringTimeout(),
        surroundings);
  }

  /**
   * Decides where a request goes. The same question has the same answer, but for the order of
   * trunks that share calls by weight or in turn.
   */
  public RouteDecision decide(RouteQuery query) {
    RouteVerdict verdict = consult(query);
    while (verdict instanceof RouteQuestion question) {
      verdict = question.fallback();
    }
    return (RouteDecision) verdict;
  }

  /** Decides, or says which service is to be asked for a decision. */
  public RouteVerdict consult(RouteQuery query) {
    return from(0, new Asked(query, surroundings), SILENT);
  }

  /** Decides without asking a service, and tells why, route by route. */
  public Explanation explain(RouteQuery query) {
    return explain(
        query,
        question ->
            new RouteQuestion.Reading.Wrong(question.service().shown() + " would be asked"));
  }

  /**
   * Decides and tells why, route by route.
   *
   * @param asker asks a service
   */
  public Explanation explain(
      RouteQuery query, Function<RouteQuestion, RouteQuestion.Reading> asker) {
    List<RuleCheck> checks = new ArrayList<>();
    Trace trace = (route, matched, why) -> checks.add(new RuleCheck(route, matched, why.get()));
    Asked asked = new Asked(query, surroundings);
    RouteVerdict verdict = from(0, asked, trace);
    while (verdict instanceof RouteQuestion question) {
      switch (asker.apply(question)) {
        case RouteQuestion.Reading.Decided(RouteDecision decision) -> {
          String words = question.service().shown() + " has decided";
          checks.add(new RuleCheck(question.route(), true, words));
          verdict = decision;
        }
        case RouteQuestion.Reading.Wrong(String why) -> {
          checks.add(new RuleCheck(question.route(), false, why + "; without its answer:"));
          verdict = fallback(question.index(), asked, trace);
        }
      }
    }
    return new Explanation(checks, (RouteDecision) verdict);
  }

  /**
   * A decision that no route has to make, since sender and target belong together.
   *
   * @param name what stands in logs for a route
   */
  public RouteDecision straight(String name, Party caller, Party callee, RouteTarget target) {
    return new RouteDecision.Deliver(
        name,
        caller,
        callee,
        List.of(target),
        new RouteDecision.Persistence(ringTimeout, null, STOP),
        CallHandling.STRAIGHT,
        RequestChanges.NONE);
  }

  /**
   * What becomes of a request of a phone of a PBX: it goes to that PBX.
   *
   * @param route the Route values that the PBX asks for (RFC 3608)
   */
  public RouteDecision toOwnPbx(
      RelayedDomain home, Party caller, Party callee, List<String> route) {
    return straight(
        "to " + home.name(),
        caller,
        callee,
        new RouteTarget.ToTrunk(home.upstream(), callee.user(), route));
  }

  String nameOf(int index) {
    return routes.get(index).name();
  }

  RouteQuestion.Reading answered(int index, Asked asked, String json) {
    return routes.get(index).answered(asked, json);
  }

  RouteVerdict fallback(int index, Asked asked) {
    return fallback(index, asked, SILENT);
  }

  private RouteVerdict fallback(int index, Asked asked, Trace trace) {
    Route route = routes.get(index);
    if (route.withoutService(asked) instanceof Route.Outcome.Taken(RouteDecision decision)) {
      trace.onRoute(route.name(), true, () -> "matches without its service");
      return decision;
    }
    return from(index + 1, asked, trace);
  }

  private RouteVerdict from(int first, Asked asked, Trace trace) {
    for (int i = first; i < routes.size(); i++) {
      Route route = routes.get(i);
      switch (route.evaluate(asked)) {
        case Route.Outcome.Taken(RouteDecision decision) -> {
          trace.onRoute(route.name(), true, () -> route.why(asked));
          return decision;
        }
        case Route.Outcome.Skipped(Supplier<String> why) -> trace.onRoute(route.name(), false, why);
        case Route.Outcome.Asks(var service) -> {
          return new RouteQuestion(this, i, asked, service);
        }
      }
    }
    return new RouteDecision.Refuse(404, "No route matches", NO_ROUTE);
  }

  /** Hears of each route that was looked at. */
  @FunctionalInterface
  private interface Trace {
    void onRoute(String route, boolean matched, Supplier<String> why);
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
