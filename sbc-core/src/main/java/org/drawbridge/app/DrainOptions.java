package org.drawbridge.app;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.Drain;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the program is to end, or that it is to stay after all. */
final class DrainOptions {

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = Span.class,
      description = "Hang up on who still talks after this; ${DEFAULT-VALUE} by default.")
  private Duration within = Duration.ofHours(1);

  @Option(
      names = "--registrations",
      description = "Turn registrations away too, so that devices with a second server go there.")
  private boolean registrations;

  @Option(names = "--undo", description = "Take new calls again, and stay.")
  private boolean undo;

  boolean undo() {
    return undo;
  }

  Duration within() {
    return within;
  }

  boolean registrations() {
    return registrations;
  }

  /** Has it done by the running program. */
  ControlReply give(Drain drain, int calls) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("calls", calls);
    if (undo) {
      String words =
          drain.undo() ? "New calls are taken again.\n" : "It was not about to stop anyway.\n";
      return new ControlReply(true, words, data);
    }
    Instant until = drain.begin(within, registrations).truncatedTo(ChronoUnit.SECONDS);
    data.put("until", until.toString()).put("pid", ProcessHandle.current().pid());
    String words =
        calls == 0
            ? "There are no calls: it stops now.\n"
            : "New calls are turned away. It stops when the last of %d calls is over, or at %s.\n"
                .formatted(calls, until);
    return new ControlReply(true, words, data);
  }

  /** Reads a time such as {@code 30m}. */
  static final class Span implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smh])");

    @Override
    public Duration convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException("not a time as in 90s, 30m or 2h: " + text);
      }
      long count = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        default -> Duration.ofHours(count);
      };
    }
  }
}
