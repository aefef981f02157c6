package org.drawbridge.app.explain;

import java.util.List;
import java.util.Locale;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routeservice.HttpRouteServices;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteTable;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.rule.RuleCheck;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.Announcement;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says where a call would go and why, without placing it. The shape of what it writes is documented
 * in docs/routing.md.
 *
 * @param config whose routes are asked
 * @param accounts who belongs to which group
 * @param trunks how trunks stand
 * @param live whether that is known
 */
public record Explainer(SbcConfig config, Accounts accounts, TrunkView trunks, boolean live) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Rehearses one call. */
  public ControlReply explain(ExplainOptions options) {
    String trunk = options.trunk();
    if (trunk != null && !config.routing().trunks().containsKey(trunk)) {
      return ControlReply.words(
          false,
          "There is no trunk %s; there are: %s%n"
              .formatted(trunk, config.routing().trunks().keySet()));
    }
    RouteQuery query = options.query(config);
    RouteTable routes = RouteTable.compile(config, accounts.groups(), options.clock());
    RouteTable.Explanation explanation = explain(routes, query, options.live());
    ObjectNode all = JSON.createObjectNode();
    describe(query, all.putObject("request"));
    all.put("live", live);
    ArrayNode checks = all.putArray("routes");
    for (RuleCheck check : explanation.checks()) {
      checks
          .addObject()
          .put("name", check.route())
          .put("matched", check.matched())
          .put("why", check.why());
    }
    describe(explanation.decision(), all.putObject("decision"));
    return new ControlReply(true, ExplainText.of(all), all);
  }

  private RouteTable.Explanation explain(RouteTable routes, RouteQuery query, boolean asks) {
    RelayedDomain domain = home(query.source());
    if (domain != null) {
      return new RouteTable.Explanation(
          List.of(), routes.toOwnPbx(domain, query.caller(), query.callee(), List.of()));
    }
    if (!asks) {
      return routes.explain(query);
    }
    try (HttpRouteServices services = new HttpRouteServices(new Counters())) {
      return routes.explain(query, services::askNow);
    }
  }

  private void describe(RouteQuery query, ObjectNode out) {
    out.put("method", query.method())
        .put("from", query.caller().toString())
        .put("to", query.callee().toString())
        .put("source", words(query.source()));
    if (home(query.source()) != null) {
      out.put("why", "what a phone of a PBX calls goes to its PBX, and no route is asked");
    } else if (live
        && query.source() instanceof CallSource.Registered(String user, String domain)
        && accounts.find(new Aor(user, domain)) == null) {
      out.put("why", "there is no such account: who calls as this one gets 403");
    }
  }

  /** The PBX whose phone calls; null if that of none does. */
  private @Nullable RelayedDomain home(CallSource source) {
    return source instanceof CallSource.Registered(_, String domain)
        ? config.accounts().relayed().get(domain)
        : null;
  }

  private String words(CallSource source) {
    return switch (source) {
      case CallSource.Registered(_, String domain) when home(source) != null ->
          "a phone of " + domain;
      case CallSource.Registered _ -> "an account";
      case CallSource.FromTrunk(String name) -> "trunk " + name;
      case CallSource.Anonymous _ -> "a stranger";
    };
  }

  private void describe(RouteDecision decision, ObjectNode out) {
    out.put("route", decision.route());
    switch (decision) {
      case RouteDecision.Refuse(int status, String reason, _) ->
          out.put("action", "refuse").put("status", status).put("reason", reason);
      case RouteDecision.Deliver deliver -> {
        out.put("action", "deliver")
            .put("caller", deliver.caller().toString())
            .put("callee", deliver.callee().toString())
            .put("ring-timeout", deliver.ringTimeout().toSeconds() + "s")
            .put("mode", lower(deliver.handling().mode()))
            .put("media", lower(deliver.handling().media()));
        ExplainExtras.describe(deliver, out);
        ArrayNode targets = out.putArray("targets");
        deliver
            .targets()
            .forEach(target -> describe(target, deliver.changes(), targets.addObject()));
      }
    }
  }

  private void describe(RouteTarget target, RequestChanges changes, ObjectNode out) {
    switch (target) {
      case RouteTarget.Registrar(String user, String domain) -> {
        out.put("kind", "registrar").put("account", user + "@" + domain);
        int devices = trunks.devices(user, domain);
        if (devices >= 0) {
          out.put("devices", devices);
        }
        if (live
            && config.ownDomains().contains(domain)
            && accounts.find(new Aor(user, domain)) == null) {
          out.put("why", "there is no such account");
        }
      }
      case RouteTarget.ToTrunk(Trunk trunk, String user, _) -> {
        out.put("kind", "trunk").put("trunk", trunk.name()).put("user", user);
        describe(trunk, out);
        ExplainExtras.headers(changes.trunks().getOrDefault(trunk.name(), List.of()), out);
      }
      case RouteTarget.Accounts accounts -> ExplainExtras.describe(accounts, out);
      case RouteTarget.Service(String name, Announcement said) -> {
        out.put("kind", "service").put("service", name);
        if (said != null) {
          out.put("plays", said.toString());
        }
      }
    }
  }

  private void describe(Trunk trunk, ObjectNode out) {
    TrunkStatus status = trunks.status(trunk.name());
    TrunkWords words = TrunkWords.of(trunk, status);
    out.put("state", words.state()).put("why", words.why());
    ArrayNode targets = out.putArray("targets");
    for (TrunkWords.Place place : words.targets()) {
      targets
          .addObject()
          .put("uri", place.uri())
          .put("state", place.state())
          .put("why", place.why());
    }
    trunks.facts(trunk.name()).forEach(out.putArray("facts")::add);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
