package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.drawbridge.routing.condition.Circumstance;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.value.DomainNames;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a route.
 *
 * @param test whether a request fulfils it
 * @param otherwise what to say of a request that does not
 * @param because what to say of one that does; empty where that goes without saying
 */
record Condition(
    Predicate<Asked> test, Function<Asked, String> otherwise, Function<Asked, String> because) {

  private Condition(Predicate<RouteQuery> test, String otherwise) {
    this(asked -> test.test(asked.query()), _ -> otherwise, _ -> "");
  }

  boolean holds(Asked asked) {
    return test.test(asked);
  }

  /** The conditions of a route, the cheapest first. */
  static List<Condition> compile(RouteConfig.When when, SourceRule source, DomainNames domains) {
    List<Condition> all = new ArrayList<>();
    all.add(new Condition(query -> source.admits(query.source()), source.otherwise()));
    addText(all, "method", when.method(), (query, pattern) -> pattern.matches(query.method()));
    addDomain(all, "to-domain", when.calleeDomain(), query -> query.callee().host(), domains);
    addDomain(all, "from-domain", when.callerDomain(), query -> query.caller().host(), domains);
    addText(all, "to", when.callee(), (query, pattern) -> query.callee().matches(pattern));
    addText(all, "caller", when.caller(), (query, pattern) -> query.caller().matches(pattern));
    when.circumstances().forEach(circumstance -> all.add(of(circumstance)));
    return List.copyOf(all);
  }

  private static Condition of(Circumstance circumstance) {
    return new Condition(
        circumstance::holds,
        asked -> circumstance.wanted() + " does not match " + circumstance.found(asked),
        asked -> circumstance.wanted() + " matches " + circumstance.found(asked));
  }

  private static void addText(
      List<Condition> all,
      String key,
      @Nullable TextPattern pattern,
      BiPredicate<RouteQuery, TextPattern> matches) {
    if (pattern != null) {
      all.add(
          new Condition(query -> matches.test(query, pattern), key + " does not match " + pattern));
    }
  }

  private static void addDomain(
      List<Condition> all,
      String key,
      RouteConfig.@Nullable Domain domain,
      Function<RouteQuery, String> part,
      DomainNames domains) {
    switch (domain) {
      case null -> {}
      case RouteConfig.Domain.Local() ->
          all.add(
              new Condition(
                  query -> domains.isLocal(part.apply(query)), key + " is none of our domains"));
      case RouteConfig.Domain.Named(TextPattern host) ->
          addText(all, key, host, (query, pattern) -> pattern.matches(part.apply(query)));
    }
  }
}
