package org.drawbridge.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.b2bua.CallCenter;
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
    List<Found> found = sbc.askCalls(center -> List.of(look(center)));
    List<CallFacts> listed = found.stream().map(Found::listed).flatMap(List::stream).toList();
    if (find != null && listed.isEmpty() && sbc.calls() > 0) {
      return CallsReport.notFound(find, sbc.calls());
    }
    return find == null
        ? CallsReport.withPassedOn(
            CallsReport.of(listed, sbc.calls(), CallsReport.ALL, details), sbc.passedOnCalls())
        : CallsReport.of(
            listed, found.stream().mapToInt(Found::all).sum(), CallsReport.SEARCHED, details);
  }

  /** On its loop. They are counted only where not all are listed: that asks each how it sounds. */
  private Found look(CallCenter center) {
    List<CallFacts> listed = center.facts(this::isWanted, CallsReport.MOST);
    boolean isCut = find != null && listed.size() == CallsReport.MOST;
    return new Found(listed, isCut ? center.count(this::isWanted) : listed.size());
  }

  /** Of one loop: those that are listed, and how many it has. */
  private record Found(List<CallFacts> listed, int all) {}

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
