package org.drawbridge.app.explain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.routing.change.HeaderEdit;
import org.drawbridge.routing.change.Privacy;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteTarget;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an explanation tells of a decision only where a route asks for it. */
final class ExplainExtras {

  private ExplainExtras() {}

  /** Adds what a route changes of a call. */
  static void describe(RouteDecision.Deliver deliver, ObjectNode out) {
    Duration total = deliver.persistence().totalTimeout();
    if (total != null) {
      out.put("total-timeout", total.toSeconds() + "s");
    }
    if (!deliver.handling().codecs().isEmpty()) {
      deliver.handling().codecs().forEach(out.putArray("codecs")::add);
    }
    Privacy privacy = deliver.changes().privacy();
    if (privacy != Privacy.CALLER) {
      out.put("privacy", privacy.name().toLowerCase(Locale.ROOT));
    }
    headers(deliver.changes().headers(), out);
  }

  /** Adds what is changed of headers, if anything is. */
  static void headers(List<HeaderEdit> edits, ObjectNode out) {
    if (!edits.isEmpty()) {
      ArrayNode headers = out.putArray("headers");
      edits.forEach(edit -> headers.add(words(edit)));
    }
  }

  /** Adds accounts that are called together. */
  static void describe(RouteTarget.Accounts accounts, ObjectNode out) {
    ArrayNode rounds = out.put("kind", "accounts").putArray("rounds");
    for (List<RouteTarget.Registrar> round : accounts.rounds()) {
      ArrayNode one = rounds.addArray();
      round.forEach(account -> one.add(account.user() + "@" + account.domain()));
    }
  }

  private static String words(HeaderEdit edit) {
    return switch (edit) {
      case HeaderEdit.Set(String name, String value) -> "set " + name + ": " + value;
      case HeaderEdit.Add(String name, String value) -> "add " + name + ": " + value;
      case HeaderEdit.Remove(String name) -> "remove " + name;
      case HeaderEdit.Keep(String name) -> "keep " + name;
    };
  }

  /** What {@link #describe(RouteDecision.Deliver, ObjectNode)} has added, for people. */
  static List<String> lines(JsonNode decision) {
    List<String> lines = new ArrayList<>();
    if (decision.has("total-timeout")) {
      lines.add("  all together for " + decision.path("total-timeout").asString("") + " at most");
    }
    if (decision.has("codecs")) {
      lines.add("  with no codecs but " + joined(decision.path("codecs"), ", "));
    }
    if (decision.has("privacy")) {
      lines.add("  privacy " + decision.path("privacy").asString(""));
    }
    decision.path("headers").forEach(edit -> lines.add("  header: " + edit.asString("")));
    return lines;
  }

  /** Accounts that are called together, for people. */
  static String accounts(JsonNode target) {
    List<String> rounds = new ArrayList<>();
    target.path("rounds").forEach(round -> rounds.add(joined(round, " and ")));
    return "every device of " + String.join(", then ", rounds);
  }

  private static String joined(JsonNode list, String with) {
    List<String> words = new ArrayList<>();
    list.forEach(item -> words.add(item.asString("")));
    return String.join(with, words);
  }
}
