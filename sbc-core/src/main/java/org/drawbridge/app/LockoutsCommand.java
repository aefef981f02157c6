package org.drawbridge.app;

import java.util.List;
import java.util.concurrent.Callable;
import org.drawbridge.app.control.ControlReply;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc lockouts}: lists who is locked out of the running program, or lets somebody in. */
@Command(
    name = "lockouts",
    description = "List who is locked out after too many wrong passwords, or let one try again.")
final class LockoutsCommand implements Callable<Integer> {

  @Mixin private LockoutOptions options = new LockoutOptions();

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What some arguments ask for; throws a {@code ParameterException} if they are bad. */
  static LockoutOptions parse(List<String> arguments) {
    LockoutsCommand command = new LockoutsCommand();
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.options;
  }

  @Override
  public Integer call() {
    List<String> arguments = options.arguments();
    ControlReply reply =
        arguments.isEmpty()
            ? running.ask(spec, "lockouts", arguments)
            : running.order(spec, "lockouts", arguments);
    return running.print(spec, reply == null ? running.nobody() : reply);
  }
}
