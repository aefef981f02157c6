package org.drawbridge.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.b2bua.CallFacts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which calls are wanted, and how much of each. */
final class CallOptions {

  @Option(
      names = "--find",
      paramLabel = "TEXT",
      description = "Only those with this in the Call-ID or the name of a side.")
  private @Nullable String find;

  @Option(
      names = "--details",
      description = "All of each call, also where there are more than 20 of them.")
  private boolean details;

  /** As arguments for the running program. */
  List<String> arguments() {
    List<String> all = new ArrayList<>();
    if (find != null) {
      all.addAll(List.of("--find", find));
    }
    if (details) {
      all.add("--details");
    }
    return all;
  }

  /** Has them listed by the running program. */
  ControlReply give(Sbc sbc) {
    List<CallFacts> calls = sbc.askCalls(center -> center.facts(this::isWanted, CallsReport.MOST));
    return CallsReport.of(calls, find == null ? sbc.calls() : calls.size(), details);
  }

  private boolean isWanted(CallFacts call) {
    return find == null
        || has(call.id(), find)
        || has(call.from(), find)
        || call.legs().stream().anyMatch(leg -> has(leg.peer(), find));
  }

  private static boolean has(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
