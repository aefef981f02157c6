package org.drawbridge.routing.config.reader;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the {@code on-failure} of a route. */
final class FailureReader {

  /** The default: no answer at all, nobody there, and trouble at the target. */
  static final FailurePolicy NEXT = next();

  private static final String NO_ANSWER = "no-answer";

  private FailureReader() {}

  private static FailurePolicy next() {
    Set<Integer> codes = new HashSet<>(List.of(408, 430));
    addRange(codes, 500);
    return new FailurePolicy(codes, true);
  }

  static @Nullable FailurePolicy read(YamlValue value) {
    if (value.isText()) {
      String text = value.text();
      if ("next".equals(text)) {
        return NEXT;
      }
      if ("stop".equals(text)) {
        return FailurePolicy.STOP;
      }
    }
    Set<Integer> codes = new HashSet<>();
    boolean noAnswer = false;
    for (YamlValue item : value.list()) {
      String text = item.text();
      if (NO_ANSWER.equals(text)) {
        noAnswer = true;
      } else if (text != null && !add(codes, text)) {
        item.problem(
            "\""
                + item.written()
                + "\" is not next, stop, no-answer, a class such as 5xx or a code from 400 to 699");
      }
    }
    return new FailurePolicy(codes, noAnswer);
  }

  private static boolean add(Set<Integer> codes, String text) {
    switch (text) {
      case "4xx" -> addRange(codes, 400);
      case "5xx" -> addRange(codes, 500);
      case "6xx" -> addRange(codes, 600);
      default -> {
        int code = Addresses.number(text, 699);
        codes.add(code);
        return code >= 400;
      }
    }
    return true;
  }

  private static void addRange(Set<Integer> codes, int first) {
    IntStream.range(first, first + 100).forEach(codes::add);
  }
}
