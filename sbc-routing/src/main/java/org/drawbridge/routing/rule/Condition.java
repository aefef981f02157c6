package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.value.DomainNames;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a route.
 *
 * @param test whether a request fulfils it
 * @param otherwise what to say of a request that does not
 */
record Condition(Predicate<RouteQuery> test, String otherwise) {

  boolean holds(RouteQuery query) {
    return test.test(query);
  }

  /** The conditions of a route, the cheapest first. */
  static List<Condition> compile(RouteConfig.When when, SourceRule source, DomainNames domains) {
    List<Condition> all = new ArrayList<>();
    all.add(new Condition(query -> source.admits(query.source()), source.otherwise()));
    addText(all, "method", when.method(), RouteQuery::method);
    addDomain(all, "to-domain", when.calleeDomain(), query -> query.callee().host(), domains);
    addDomain(all, "from-domain", when.callerDomain(), query -> query.caller().host(), domains);
    addText(all, "to", when.callee(), query -> query.callee().user());
    addText(all, "caller", when.caller(), query -> query.caller().user());
    return List.copyOf(all);
  }

  private static void addText(
      List<Condition> all,
      String key,
      @Nullable TextPattern pattern,
      Function<RouteQuery, String> part) {
    if (pattern != null) {
      all.add(
          new Condition(
              query -> pattern.matches(part.apply(query)), key + " does not match " + pattern));
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
      case RouteConfig.Domain.Named(TextPattern host) -> addText(all, key, host, part);
    }
  }
}
