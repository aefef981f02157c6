package org.drawbridge.app;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.control.ControlRequest;
import org.drawbridge.app.running.Drain;
import org.drawbridge.app.running.ReloadReport;
import org.drawbridge.app.running.Reloader;
import org.drawbridge.app.running.Sbc;
import org.drawbridge.app.running.StatusReport;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a running program does for those who ask at its control socket. Thread-safe. */
final class ControlCommands implements Function<ControlRequest, ControlReply> {

  private final Sbc sbc;
  private final Reloader reloader;
  private final Drain drain;

  ControlCommands(Sbc sbc, Reloader reloader, Drain drain) {
    this.sbc = sbc;
    this.reloader = reloader;
    this.drain = drain;
  }

  @Override
  public ControlReply apply(ControlRequest request) {
    return switch (request.command()) {
      case "reload" -> reload();
      case "status" -> StatusReport.of(sbc, reloader, drain.deadline());
      case "calls" -> parsed(() -> CallsCommand.parse(request.arguments()).give(sbc));
      case "metrics" -> ControlReply.words(true, sbc.counters().text());
      case "registrations" -> parsed(() -> registrations(request.arguments()));
      case "lockouts" -> parsed(() -> lockouts(request.arguments()));
      case "record" -> parsed(() -> RecordCommand.parse(request.arguments()).give(sbc));
      case "drain" -> parsed(() -> drain(request.arguments()));
      case "explain" -> parsed(() -> explain(request.arguments()));
      default -> ControlReply.words(false, "There is no such command here.\n");
    };
  }

  private ControlReply reload() {
    ReloadReport report = reloader.reload("command");
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("file", reloader.file().toString());
    StringBuilder text = new StringBuilder();
    return switch (report) {
      case ReloadReport.Applied(List<String> warnings, List<String> later) -> {
        warnings.forEach(data.putArray("warnings")::add);
        later.forEach(data.putArray("after-restart")::add);
        warnings.forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        later.forEach(key -> text.append(key).append('\n'));
        text.append(reloader.file()).append(" is in force\n");
        yield new ControlReply(true, text.toString(), data);
      }
      case ReloadReport.Refused(List<String> problems) -> {
        problems.forEach(data.putArray("problems")::add);
        problems.forEach(problem -> text.append(problem).append('\n'));
        text.append("Refused: the configuration that is in force stays.\n");
        yield new ControlReply(false, text.toString(), data);
      }
    };
  }

  private ControlReply registrations(List<String> arguments) {
    return RegistrationsCommand.parse(arguments).give(sbc.registrationList());
  }

  private ControlReply lockouts(List<String> arguments) {
    return LockoutsCommand.parse(arguments).give(sbc.guards());
  }

  private ControlReply drain(List<String> arguments) {
    return DrainCommand.parse(arguments).give(drain, sbc.allCalls());
  }

  private ControlReply explain(List<String> arguments) {
    return sbc.explainer().explain(ExplainCommand.parse(arguments));
  }

  /** Somebody else than our own command line may ask, with whatever words. */
  private static ControlReply parsed(Supplier<ControlReply> answer) {
    try {
      return answer.get();
    } catch (ParameterException e) {
      return ControlReply.words(false, e.getMessage() + "\n");
    }
  }
}
