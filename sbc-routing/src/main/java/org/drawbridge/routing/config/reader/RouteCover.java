package org.drawbridge.routing.config.reader;

import java.util.List;
import java.util.Objects;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RouteConfig.Action;
import org.drawbridge.routing.config.RouteConfig.Domain;
import org.drawbridge.routing.config.RouteConfig.Source;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a route leaves nothing for a later one, as a catch-all in the wrong place does.
 * Only a sure yes is one: two expressions are compared by their text alone.
 */
final class RouteCover {

  private RouteCover() {}

  /** Whether the first route takes every request that the second would. */
  static boolean covers(RouteConfig first, RouteConfig second) {
    return takesAllItMatches(first)
        && (first.action() instanceof Action.Reject || !ServiceUrnReader.isIn(second.when()))
        && coversSenders(first.when().from(), second.when().from())
        && coversRest(first.when(), second.when());
  }

  /**
   * A route passes on what its rewriting empties, what none of its targets takes, and questions.
   */
  private static boolean takesAllItMatches(RouteConfig route) {
    if (route.caller() != null || route.callee() != null) {
      return false;
    }
    return switch (route.action()) {
      case Action.Reject _ -> true;
      case Action.Deliver deliver ->
          deliver.targets().stream().noneMatch(Target.Http.class::isInstance)
              && deliver.targets().stream().anyMatch(target -> isOpen(target, route.when()));
    };
  }

  /** A trunk takes no call that came from itself, and none of strangers. */
  private static boolean isOpen(Target target, When when) {
    return switch (target) {
      case Target.Registrar _, Target.Accounts _, Target.Service _ -> true;
      case Target.ToTrunk _ ->
          when.from() != null && when.from().stream().allMatch(RouteCover::isAccounts);
      case Target.ToGroup _, Target.ToUri _, Target.Http _ -> false;
    };
  }

  private static boolean isAccounts(Source source) {
    return switch (source) {
      case Source.AnyAccount _, Source.Account _, Source.Group _ -> true;
      case Source.Anyone _, Source.FromTrunk _, Source.Stranger _ -> false;
    };
  }

  private static boolean coversSenders(
      @Nullable List<Source> first, @Nullable List<Source> second) {
    if (first != null && first.contains(new Source.Anyone())) {
      return true;
    }
    if (second == null) {
      return first == null;
    }
    return second.stream().allMatch(source -> coversSender(first, source));
  }

  private static boolean coversSender(@Nullable List<Source> first, Source source) {
    if (first == null) {
      return isAccounts(source) || source instanceof Source.FromTrunk;
    }
    return first.stream().anyMatch(known -> isSame(known, source))
        || (isAccounts(source) && first.contains(new Source.AnyAccount()));
  }

  private static boolean isSame(Source first, Source second) {
    return first instanceof Source.Account(TextPattern name)
            && second instanceof Source.Account(TextPattern other)
        ? isSame(name, other)
        : first.equals(second);
  }

  private static boolean coversRest(When first, When second) {
    return covers(first.method(), second.method())
        && covers(first.caller(), second.caller())
        && covers(first.callee(), second.callee())
        && covers(first.callerDomain(), second.callerDomain())
        && covers(first.calleeDomain(), second.calleeDomain())
        && second.circumstances().containsAll(first.circumstances());
  }

  private static boolean covers(@Nullable TextPattern first, @Nullable TextPattern second) {
    return first == null || (second != null && isSame(first, second));
  }

  private static boolean covers(@Nullable Domain first, @Nullable Domain second) {
    if (first instanceof Domain.Named(TextPattern host)) {
      return second instanceof Domain.Named(TextPattern other) && isSame(host, other);
    }
    return first == null || Objects.equals(first, second);
  }

  private static boolean isSame(TextPattern first, TextPattern second) {
    return first.toString().equals(second.toString());
  }
}
