package org.drawbridge.app;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.drawbridge.b2bua.CallFacts;
import org.drawbridge.b2bua.CallFacts.LegFacts;
import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Way;

/**
 * Many calls, each in one line for a terminal of 80 columns: how long, who with whom, and the worst
 * MOS of any direction. The Call-ID comes last and whole, as {@code sbc record} wants it.
 * Stateless.
 */
final class CallTable {

  private static final int NAME = 19;
  private static final String LINE = "%-8s %-19s %-19s %-4s %s%n";
  private static final String NOTHING = "-";

  private CallTable() {}

  static String of(List<CallFacts> calls) {
    StringBuilder out = new StringBuilder(LINE.formatted("TIME", "FROM", "WITH", "MOS", "CALL-ID"));
    calls.forEach(
        call ->
            out.append(
                LINE.formatted(
                    time(call.seconds()),
                    shortened(call.from()),
                    shortened(other(call)),
                    mos(call),
                    call.id())));
    return out.toString();
  }

  private static String time(long seconds) {
    return seconds < 0
        ? "rings"
        : "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  /** Who is at the other side. */
  private static String other(CallFacts call) {
    return call.legs().size() < 2 ? NOTHING : call.legs().getLast().peer();
  }

  private static String mos(CallFacts call) {
    OptionalDouble worst =
        call.legs().stream()
            .map(LegFacts::qualities)
            .flatMap(List::stream)
            .flatMapToDouble(CallTable::all)
            .filter(mos -> mos > 0)
            .min();
    return worst.isEmpty() ? NOTHING : String.format(Locale.ROOT, "%.1f", worst.getAsDouble());
  }

  private static DoubleStream all(LegQuality quality) {
    Way sent = quality.sent();
    return DoubleStream.of(quality.received().mos(), sent == null ? 0 : sent.mos());
  }

  private static String shortened(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME - 1) + "~";
  }
}
