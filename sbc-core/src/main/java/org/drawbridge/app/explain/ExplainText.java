package org.drawbridge.app.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An explanation as people read it. */
final class ExplainText {

  private static final String UNKNOWN = "unknown";

  private ExplainText() {}

  /** Several lines, each with its end. */
  static String of(JsonNode all) {
    JsonNode request = all.path("request");
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s from %s (%s) to %s"
            .formatted(
                text(request, "method"),
                text(request, "from"),
                text(request, "source"),
                text(request, "to")));
    if (request.has("why")) {
      lines.add("  " + text(request, "why"));
    }
    for (JsonNode route : all.path("routes")) {
      String mark = route.path("matched").asBoolean() ? "->" : "  ";
      lines.add("  %s %-16s %s".formatted(mark, text(route, "name"), text(route, "why")));
    }
    decision(all.path("decision"), lines);
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void decision(JsonNode decision, List<String> lines) {
    if (text(decision, "action").equals("refuse")) {
      lines.add(
          "refused: %s %s"
              .formatted(decision.path("status").asString(""), text(decision, "reason")));
      return;
    }
    lines.add("as %s to %s:".formatted(text(decision, "caller"), text(decision, "callee")));
    String lead = "  ";
    for (JsonNode target : decision.path("targets")) {
      target(lead, target, lines);
      lead = "  then ";
    }
    lines.add(
        "  each for %s at most, mode %s, media %s"
            .formatted(
                text(decision, "ring-timeout"), text(decision, "mode"), text(decision, "media")));
    lines.addAll(ExplainExtras.lines(decision));
  }

  private static void target(String lead, JsonNode target, List<String> lines) {
    switch (text(target, "kind")) {
      case "registrar" ->
          lines.add(
              lead
                  + "every device registered as "
                  + text(target, "account")
                  + (target.has("devices")
                      ? " (now " + target.path("devices").asString("") + ")"
                      : "")
                  + (target.has("why") ? ": " + text(target, "why") : ""));
      case "trunk" -> trunk(lead, target, lines);
      case "accounts" -> lines.add(lead + ExplainExtras.accounts(target));
      default -> lines.add(lead + service(target));
    }
  }

  private static String service(JsonNode target) {
    String name = "the service " + text(target, "service");
    return target.has("plays") ? name + " (" + text(target, "plays") + ")" : name;
  }

  private static void trunk(String lead, JsonNode trunk, List<String> lines) {
    List<String> uris = new ArrayList<>();
    trunk.path("targets").forEach(place -> uris.add(text(place, "uri") + state(place)));
    lines.add(
        "%strunk %s as %s at %s"
            .formatted(lead, text(trunk, "trunk"), text(trunk, "user"), String.join(", ", uris)));
    if (!state(trunk).isEmpty() || !text(trunk, "why").isEmpty()) {
      lines.add("       " + (state(trunk) + " " + why(trunk)).strip());
    }
    trunk.path("facts").forEach(fact -> lines.add("       " + fact.asString("")));
    trunk.path("headers").forEach(edit -> lines.add("       header: " + edit.asString("")));
  }

  private static String why(JsonNode trunk) {
    return state(trunk).isEmpty() ? text(trunk, "why") : "";
  }

  private static String state(JsonNode node) {
    String state = text(node, "state");
    if (state.equals(UNKNOWN)) {
      return "";
    }
    String why = text(node, "why");
    return " [" + state + (why.isEmpty() ? "" : ": " + why) + "]";
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }
}
