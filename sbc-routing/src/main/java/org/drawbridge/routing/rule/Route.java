package org.drawbridge.routing.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.drawbridge.routing.change.HeaderRule;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.config.Fallback;
import org.drawbridge.routing.config.Patience;
import org.drawbridge.routing.config.Ring;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.AnswerReader;
import org.drawbridge.routing.pattern.Rewrite;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.DomainNames;
import org.jspecify.annotations.Nullable;

/** One compiled route. Immutable. */
final class Route {

  private final RouteConfig config;
  private final List<Condition> conditions;
  private final SourceRule source;
  private final Map<String, Trunk> trunks;
  private final DomainNames domains;
  private final SbcConfig defaults;
  private final TargetOrder order;
  private final RouteConfig.Target.@Nullable Http service;
  private final Surroundings surroundings;

  private Route(RouteConfig config, SbcConfig defaults, Surroundings surroundings) {
    this.config = config;
    this.defaults = defaults;
    this.trunks = defaults.routing().trunks();
    this.domains = new DomainNames(defaults.domains());
    this.source = new SourceRule(config.when().from(), surroundings.groups());
    this.conditions = Condition.compile(config.when(), source, domains);
    List<RouteConfig.Target> written =
        config.action() instanceof RouteConfig.Action.Deliver deliver
            ? deliver.targets()
            : List.of();
    this.surroundings = surroundings;
    this.service =
        !written.isEmpty() && written.getFirst() instanceof RouteConfig.Target.Http http
            ? http
            : null;
    List<RouteConfig.Target> fixed = service == null ? written : written.subList(1, written.size());
    this.order = TargetOrder.compile(fixed, defaults.routing().groups(), surroundings.dice());
  }

  static Route compile(RouteConfig config, SbcConfig defaults, Surroundings surroundings) {
    return new Route(config, defaults, surroundings);
  }

  String name() {
    return config.name();
  }

  Outcome evaluate(Asked asked) {
    for (Condition condition : conditions) {
      if (!condition.holds(asked)) {
        return new Outcome.Skipped(() -> condition.otherwise().apply(asked));
      }
    }
    return service == null ? act(asked) : new Outcome.Asks(service);
  }

  /** What it does with a request that fulfils its conditions, where no service is asked. */
  private Outcome act(Asked asked) {
    return switch (config.action()) {
      case RouteConfig.Action.Reject(int status, String reason) ->
          new Outcome.Taken(new RouteDecision.Refuse(status, reason, name()));
      case RouteConfig.Action.Deliver deliver -> deliver(asked.query(), deliver);
    };
  }

  /** What it does with a request that its service has not decided. */
  Outcome withoutService(Asked asked) {
    boolean rejects = service != null && service.fallback() == Fallback.REJECT;
    return rejects
        ? new Outcome.Taken(new RouteDecision.Refuse(503, "Nobody can route this now", name()))
        : act(asked);
  }

  /** What it does with a request that its service has decided. */
  RouteQuestion.Reading answered(Asked asked, String json) {
    return switch (AnswerReader.read(json, config, defaults.routing())) {
      case AnswerReader.Result.Wrong(var problems) ->
          new RouteQuestion.Reading.Wrong(problems.getFirst().toString());
      case AnswerReader.Result.Read(RouteConfig answer) ->
          switch (compile(answer, defaults, surroundings).act(asked)) {
            case Outcome.Taken(RouteDecision decision) ->
                new RouteQuestion.Reading.Decided(decision);
            case Outcome.Skipped(Supplier<String> why) ->
                new RouteQuestion.Reading.Wrong(why.get());
            case Outcome.Asks _ -> throw new IllegalStateException("an answer asks nobody");
          };
    };
  }

  /** Why it matches, as far as that does not go without saying. */
  String why(Asked asked) {
    List<String> words =
        conditions.stream()
            .map(condition -> condition.because().apply(asked))
            .filter(word -> !word.isEmpty())
            .toList();
    return words.isEmpty() ? "matches" : "matches: " + String.join("; ", words);
  }

  private Outcome deliver(RouteQuery query, RouteConfig.Action.Deliver deliver) {
    Party caller = rewritten(query.caller(), config.when().caller(), config.caller());
    Party callee = rewritten(query.callee(), config.when().callee(), config.callee());
    if (caller == null || callee == null) {
      Rewrite empty = caller == null ? config.caller() : config.callee();
      return new Outcome.Skipped(() -> empty == null ? "" : empty.emptiness());
    }
    List<RouteTarget> targets = new ArrayList<>();
    String lastRefusal =
        service == null
            ? "no trunk has a price for this number"
            : "without an answer of its service it leads nowhere";
    for (RouteConfig.Target target : order.targets(callee.user())) {
      String refusal = refusal(query, target, callee);
      if (refusal == null) {
        targets.add(resolved(target, query.callee(), callee));
      } else {
        lastRefusal = refusal;
      }
    }
    if (targets.isEmpty()) {
      String why = lastRefusal;
      return new Outcome.Skipped(() -> why);
    }
    return new Outcome.Taken(
        new RouteDecision.Deliver(
            name(),
            caller,
            callee,
            targets,
            persistence(deliver),
            deliver.handling(),
            changes(new Fillings(query, config.when().callee(), caller, callee), targets)));
  }

  private RequestChanges changes(Fillings fillings, List<RouteTarget> targets) {
    RequestChanges changes = config.changes().of(fillings);
    for (RouteTarget target : targets) {
      if (target instanceof RouteTarget.ToTrunk(Trunk trunk, String user, _)
          && !trunk.profile().headers().isEmpty()) {
        Fillings seen = fillings.with(trunk.caller(fillings.caller().user()), user);
        changes = changes.toward(trunk.name(), HeaderRule.edits(trunk.profile().headers(), seen));
      }
    }
    return changes;
  }

  private RouteDecision.Persistence persistence(RouteConfig.Action.Deliver deliver) {
    Patience patience = deliver.patience();
    return new RouteDecision.Persistence(
        patience.ring() == null ? defaults.call().ringTimeout() : patience.ring(),
        patience.total(),
        deliver.onFailure());
  }

  /**
   * The party with its number changed; null where the change emptied it. A service is no number: it
   * stays, unless the route writes out what takes its place.
   */
  private static @Nullable Party rewritten(
      Party party, @Nullable TextPattern pattern, @Nullable Rewrite rewrite) {
    if (rewrite == null || (party.isService() && !rewrite.isFixed())) {
      return party;
    }
    String user = rewrite.apply(party.user(), party.groups(pattern));
    return user.isEmpty() ? null : new Party(user, party.host());
  }

  /**
   * Why this target is closed to this sender, or null where it is open: the guard against relaying.
   */
  private @Nullable String refusal(RouteQuery query, RouteConfig.Target target, Party callee) {
    return switch (target) {
      case RouteConfig.Target.Registrar() -> {
        if (callee.isService()) {
          yield "a service is no account";
        }
        yield upstream(callee) != null && callee.user().isEmpty()
            ? "a PBX needs a number to call"
            : null;
      }
      case RouteConfig.Target.ToTrunk(String trunk, _) ->
          isNumber(callee) || service(trunk(trunk), query.callee(), callee) != null
              ? refusalOutside(query.source(), trunk)
              : "trunk " + trunk + numberless(callee);
      case RouteConfig.Target.ToUri(Trunk host, String user) ->
          user == null && !isNumber(callee)
              ? "an address outside needs a number to call"
              : refusalOutside(query.source(), host.name());
      case RouteConfig.Target.Accounts _,
          RouteConfig.Target.ToGroup _,
          RouteConfig.Target.Http _,
          RouteConfig.Target.Service _ ->
          null;
    };
  }

  private static boolean isNumber(Party callee) {
    return !callee.user().isEmpty() && !callee.isService();
  }

  private static String numberless(Party callee) {
    return callee.isService()
        ? " takes numbers only: `set: to` gives one, its `service-urns` would let "
            + callee
            + " pass"
        : " needs a number to call";
  }

  /** The service that a trunk is called by, whatever number is meant for others; null if none. */
  private static @Nullable String service(Trunk trunk, Party dialled, Party callee) {
    if (!trunk.profile().serviceUrns()) {
      return null;
    }
    return callee.isService() ? callee.user() : dialled.isService() ? dialled.user() : null;
  }

  private @Nullable String refusalOutside(CallSource sender, String trunk) {
    return switch (sender) {
      case CallSource.Registered _ -> null;
      case CallSource.Anonymous _ ->
          source.namesStrangers()
              ? null
              : "strangers reach a trunk only where `from` says anonymous";
      case CallSource.FromTrunk(String name) ->
          !name.equals(trunk) || source.namesTrunk(name)
              ? null
              : "a call from trunk " + name + " goes back there only where `from` names it";
    };
  }

  private RouteTarget resolved(RouteConfig.Target target, Party dialled, Party callee) {
    return switch (target) {
      case RouteConfig.Target.Registrar() -> accounts(callee);
      case RouteConfig.Target.ToTrunk(String name, _) -> {
        Trunk trunk = trunk(name);
        String service = service(trunk, dialled, callee);
        yield new RouteTarget.ToTrunk(
            trunk, service == null ? trunk.numbers().of(callee.user()) : service);
      }
      case RouteConfig.Target.ToUri(Trunk host, String user) ->
          new RouteTarget.ToTrunk(host, user == null ? callee.user() : user);
      case RouteConfig.Target.Accounts accounts -> rounds(accounts);
      case RouteConfig.Target.ToGroup(String name) ->
          throw new IllegalStateException("group " + name + " was not opened");
      case RouteConfig.Target.Http http ->
          throw new IllegalStateException(http.shown() + " is asked, not called");
      case RouteConfig.Target.Service(String name, var announcement) ->
          new RouteTarget.Service(name, announcement);
    };
  }

  /** The accounts in their order, all in one round or one a round. */
  private RouteTarget rounds(RouteConfig.Target.Accounts accounts) {
    List<RouteTarget.Registrar> all = accounts.names().stream().map(this::account).toList();
    return new RouteTarget.Accounts(
        accounts.ring() == Ring.ALL ? List.of(all) : all.stream().map(List::of).toList());
  }

  private RouteTarget.Registrar account(String name) {
    int at = name.lastIndexOf('@');
    return at < 0
        ? new RouteTarget.Registrar(name, domains.localOrDefault(""))
        : new RouteTarget.Registrar(name.substring(0, at), name.substring(at + 1));
  }

  /** Where accounts of the called domain are: here, or at the PBX that the domain belongs to. */
  private RouteTarget accounts(Party callee) {
    Trunk upstream = upstream(callee);
    return upstream == null
        ? new RouteTarget.Registrar(callee.user(), domains.localOrDefault(callee.host()))
        : new RouteTarget.ToTrunk(upstream, callee.user());
  }

  private @Nullable Trunk upstream(Party callee) {
    var relayed = defaults.accounts().relayed().get(domains.localOrDefault(callee.host()));
    return relayed == null ? null : relayed.upstream();
  }

  private Trunk trunk(String name) {
    Trunk trunk = trunks.get(name);
    if (trunk == null) {
      throw new IllegalStateException("route " + name() + " leads to an unknown trunk " + name);
    }
    return trunk;
  }

  /** What a route makes of a request. */
  sealed interface Outcome {

    /** It decides. */
    record Taken(RouteDecision decision) implements Outcome {}

    /** It leaves the decision to a service outside. */
    record Asks(RouteConfig.Target.Http service) implements Outcome {}

    /** It leaves the request to the next route; why is only put into words for who asks. */
    record Skipped(Supplier<String> why) implements Outcome {}
  }
}
