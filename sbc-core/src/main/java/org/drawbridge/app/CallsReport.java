package org.drawbridge.app;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.b2bua.CallFacts;
import org.drawbridge.b2bua.CallFacts.LegFacts;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Kind;
import org.drawbridge.media.api.LegQuality.Way;
import org.drawbridge.media.api.LegStats.Recovery;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to {@code sbc calls}: calls, their sides, and how well media travels. Stateless. */
final class CallsReport {

  /** Calls shown of each loop. */
  static final int MOST = 500;

  /** More calls than this have one line each. */
  static final int FEW = 20;

  /** The longest first, so that the newest stand where a terminal ends; those that ring last. */
  private static final Comparator<CallFacts> BY_AGE =
      Comparator.comparingLong(CallFacts::seconds).reversed().thenComparing(CallFacts::id);

  /** What else may be done where not all calls are listed. */
  static final String ALL = "--find TEXT looks in all";

  /** The same where those listed were looked for. */
  static final String SEARCHED = "a longer TEXT finds fewer";

  private static final JsonMapper JSON = JsonMapper.shared();

  private CallsReport() {}

  /**
   * The answer.
   *
   * @param found in any order
   * @param total how many calls there are, which may be more
   * @param advice what to do where there are more
   * @param details whether all of each is wanted, however many there are
   */
  static ControlReply of(List<CallFacts> found, int total, String advice, boolean details) {
    List<CallFacts> calls = found.stream().sorted(BY_AGE).toList();
    boolean isShort = calls.size() > FEW && !details;
    ObjectNode data = JSON.createObjectNode();
    ArrayNode list = data.putArray("calls");
    data.put("total", Math.max(total, calls.size()));
    StringBuilder text = new StringBuilder(isShort ? CallTable.of(calls) : "");
    for (CallFacts call : calls) {
      describe(call, list.addObject());
      if (!isShort) {
        describe(call, text);
      }
    }
    text.append(
        total > calls.size() && !calls.isEmpty()
            ? "%d of %d calls; %s\n".formatted(calls.size(), total, advice)
            : end(calls.size(), isShort));
    return new ControlReply(true, text.toString(), data);
  }

  /** Where there are calls, and none is the one that was looked for. */
  static ControlReply notFound(String text, int all) {
    String words = "None of %d calls has %s in its Call-ID or the name of a side.\n";
    JsonNode none = of(List.of(), 0, SEARCHED, false).data();
    return new ControlReply(true, words.formatted(all, text), none);
  }

  /** The same with those that are only passed on, of which there is no more to tell. */
  static ControlReply withPassedOn(ControlReply listed, int passedOn) {
    ObjectNode data = ((ObjectNode) listed.data()).put("passed-on", passedOn);
    String words =
        passedOn == 0 ? "" : "Not listed: %d passed on (mode: proxy)\n".formatted(passedOn);
    return new ControlReply(listed.ok(), listed.text() + words, data);
  }

  private static String end(int listed, boolean isShort) {
    if (listed == 0) {
      return "There are no calls.\n";
    }
    String more = isShort ? "; --find TEXT or --details tells how they sound" : "";
    return listed > FEW ? "%d calls%s\n".formatted(listed, more) : "";
  }

  private static void describe(CallFacts call, ObjectNode out) {
    out.put("call-id", call.id()).put("from", call.from()).put("recorded", call.recorded());
    if (call.seconds() >= 0) {
      out.put("seconds", call.seconds());
    }
    ArrayNode legs = out.putArray("legs");
    for (LegFacts leg : call.legs()) {
      ObjectNode node =
          legs.addObject()
              .put("name", leg.name())
              .put("peer", leg.peer())
              .put("media", leg.media());
      for (LegQuality quality : leg.qualities()) {
        switch (quality.kind()) {
          case AUDIO -> describe(quality, node);
          case VIDEO -> describe(quality, node.putObject("video"));
        }
      }
    }
  }

  private static void describe(LegQuality quality, ObjectNode node) {
    Recovery recovery = quality.recovery();
    node.put("codec", quality.codec());
    describe(quality.received(), node.putObject("received"));
    Way sent = quality.sent();
    if (sent != null) {
      describe(sent, node.putObject("sent"));
    }
    if (quality.roundTripMillis() >= 0) {
      node.put("round-trip-ms", rounded(quality.roundTripMillis()));
    }
    if (quality.kind() == Kind.VIDEO) {
      node.put("asked-again", recovery.askedAgain())
          .put("pictures-asked", recovery.picturesAsked())
          .put("repeated", recovery.repeated());
    }
  }

  private static void describe(Way way, ObjectNode out) {
    out.put("packets", way.packets())
        .put("lost", way.lost())
        .put("recent-loss", rounded(way.recentLoss()))
        .put("jitter-ms", rounded(way.jitterMillis()));
    if (way.mos() > 0) {
      out.put("mos", rounded(way.mos()));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static void describe(CallFacts call, StringBuilder out) {
    String state = call.seconds() < 0 ? "not answered" : "for " + call.seconds() + " s";
    String recorded = call.recorded() ? ", recorded" : "";
    out.append("%s from %s, %s%s\n".formatted(call.id(), call.from(), state, recorded));
    for (LegFacts leg : call.legs()) {
      out.append("  %-10s %s, %s".formatted(leg.name(), leg.peer(), leg.media()));
      if (leg.qualities().isEmpty()) {
        out.append('\n');
      }
      leg.qualities().forEach(quality -> describe(quality, out));
    }
  }

  private static void describe(LegQuality quality, StringBuilder out) {
    switch (quality.kind()) {
      case AUDIO -> out.append(' ');
      case VIDEO -> out.append("    video ");
    }
    out.append(quality.codec());
    if (quality.roundTripMillis() >= 0) {
      out.append(String.format(Locale.ROOT, ", round trip %.0f ms", quality.roundTripMillis()));
    }
    Recovery recovery = quality.recovery();
    String repeated = recovery.repeated() > 0 ? ", %d repeated".formatted(recovery.repeated()) : "";
    out.append('\n').append(line("received", quality.received(), repeated));
    String asked =
        quality.kind() == Kind.VIDEO
            ? ", %d asked for again, %d whole pictures asked for"
                .formatted(recovery.askedAgain(), recovery.picturesAsked())
            : "";
    Way sent = quality.sent();
    out.append(sent == null ? "" : line("sent", sent, asked));
  }

  private static String line(String name, Way way, String more) {
    if (way.packets() == 0) {
      return "    %-8s nothing%s\n".formatted(name, more);
    }
    String mos = way.mos() > 0 ? String.format(Locale.ROOT, ", MOS %.1f", way.mos()) : "";
    return String.format(
            Locale.ROOT,
            "    %-8s %d packets, %d lost (%.1f %% lately), jitter %.1f ms",
            name,
            way.packets(),
            way.lost(),
            way.recentLoss() * 100,
            way.jitterMillis())
        + mos
        + more
        + '\n';
  }
}
