package org.drawbridge.routeservice;

import java.util.List;
import org.drawbridge.routing.condition.RequestFacts;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteQuestion;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a route service is told of a request; docs/routing.md describes it. */
final class QuestionJson {

  /** Lines of one header that a service is told, and characters of each. */
  private static final int MAX_LINES = 20;

  private static final int MAX_VALUE = 1000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private QuestionJson() {}

  /** The body of the question. */
  static byte[] of(RouteQuestion question, String callId) {
    RouteQuery query = question.query();
    RequestFacts facts = query.facts();
    ObjectNode all = JSON.createObjectNode();
    all.put("route", question.route()).put("method", query.method()).put("call-id", callId);
    from(query.source(), all.putObject("from"));
    all.put("caller", query.caller().user())
        .put("from-domain", query.caller().host())
        .put("to", query.callee().user())
        .put("to-domain", query.callee().host());
    if (facts.address() != null) {
      all.put("source", facts.address().getHostAddress());
    }
    if (facts.transport() != null) {
      all.put("transport", facts.transport().token());
    }
    ObjectNode headers = all.putObject("headers");
    for (String name : question.service().headers()) {
      lines(facts.header(name), headers.putArray(name));
    }
    return JSON.writeValueAsBytes(all);
  }

  private static void from(CallSource source, ObjectNode out) {
    switch (source) {
      case CallSource.Registered(String account, String domain) ->
          out.put("account", account + "@" + domain);
      case CallSource.FromTrunk(String name) -> out.put("trunk", name);
      case CallSource.Anonymous _ -> out.put("anonymous", true);
    }
  }

  private static void lines(List<String> values, ArrayNode out) {
    values.stream()
        .limit(MAX_LINES)
        .map(value -> value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value)
        .forEach(out::add);
  }
}
