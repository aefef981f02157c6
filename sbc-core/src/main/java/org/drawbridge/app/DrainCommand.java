package org.drawbridge.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.drawbridge.app.control.ControlReply;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sbc drain}: lets the running program end without cutting calls. */
@Command(
    name = "drain",
    description = "Stop when the last call is over; until then turn new calls away.")
final class DrainCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 500;

  @Mixin private DrainOptions options = new DrainOptions();

  @Option(names = "--wait", description = "Come back only when it has stopped.")
  private boolean wait;

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What some arguments ask for; throws a {@code ParameterException} if they are bad. */
  static DrainOptions parse(List<String> arguments) {
    DrainCommand command = new DrainCommand();
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.options;
  }

  @Override
  public Integer call() throws InterruptedException {
    ControlReply reply = running.order(spec, "drain", arguments());
    int status = running.print(spec, reply == null ? running.nobody() : reply);
    long pid = reply == null ? 0 : reply.data().path("pid").asLong(0);
    return wait && status == 0 && pid > 0 ? awaitEnd(pid) : status;
  }

  /** It goes on until its process is gone, ports and files with it, or somebody takes it back. */
  private int awaitEnd(long pid) throws InterruptedException {
    while (ProcessHandle.of(pid).isPresent()) {
      Thread.sleep(LOOK_MILLIS);
      if (isTakenBack(running.ask(spec, "status", List.of()))) {
        return running.print(
            spec, ControlReply.words(false, "It stays: somebody has undone it.\n"));
      }
    }
    return 0;
  }

  private static boolean isTakenBack(@Nullable ControlReply status) {
    return status != null && status.ok() && !status.data().has("draining-until");
  }

  private List<String> arguments() {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--within", options.within().toSeconds() + "s"));
    if (options.registrations()) {
      all.add("--registrations");
    }
    if (options.undo()) {
      all.add("--undo");
    }
    return all;
  }
}
