package org.drawbridge.app;

import java.util.List;
import java.util.Locale;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.b2bua.CallFacts;
import org.drawbridge.b2bua.CallFacts.LegFacts;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Way;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to {@code sbc calls}: calls, their sides, and how well media travels. Stateless. */
final class CallsReport {

  /** Calls shown of each loop. */
  static final int MOST = 500;

  private static final JsonMapper JSON = JsonMapper.shared();

  private CallsReport() {}

  static ControlReply of(List<CallFacts> calls) {
    ObjectNode data = JSON.createObjectNode();
    ArrayNode list = data.putArray("calls");
    StringBuilder text = new StringBuilder();
    for (CallFacts call : calls) {
      describe(call, list.addObject());
      describe(call, text);
    }
    if (calls.isEmpty()) {
      text.append("There are no calls.\n");
    }
    return new ControlReply(true, text.toString(), data);
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
      LegQuality quality = leg.quality();
      if (quality != null) {
        node.put("codec", quality.codec());
        describe(quality.received(), node.putObject("received"));
        Way sent = quality.sent();
        if (sent != null) {
          describe(sent, node.putObject("sent"));
        }
        if (quality.roundTripMillis() >= 0) {
          node.put("round-trip-ms", rounded(quality.roundTripMillis()));
        }
      }
    }
  }

  private static void describe(Way way, ObjectNode out) {
    out.put("packets", way.packets())
        .put("lost", way.lost())
        .put("recent-loss", rounded(way.recentLoss()))
        .put("jitter-ms", rounded(way.jitterMillis()))
        .put("mos", rounded(way.mos()));
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
      LegQuality quality = leg.quality();
      if (quality == null) {
        out.append('\n');
        continue;
      }
      out.append(' ').append(quality.codec());
      if (quality.roundTripMillis() >= 0) {
        out.append(String.format(Locale.ROOT, ", round trip %.0f ms", quality.roundTripMillis()));
      }
      out.append('\n').append(line("received", quality.received()));
      Way sent = quality.sent();
      out.append(sent == null ? "" : line("sent", sent));
    }
  }

  private static String line(String name, Way way) {
    return String.format(
        Locale.ROOT,
        "    %-8s %d packets, %d lost (%.1f %% lately), jitter %.1f ms, MOS %.1f%n",
        name,
        way.packets(),
        way.lost(),
        way.recentLoss() * 100,
        way.jitterMillis(),
        way.mos());
  }
}
