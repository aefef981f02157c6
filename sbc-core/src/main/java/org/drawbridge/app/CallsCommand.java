package org.drawbridge.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc calls}: lists the calls of the running program and how they sound. */
@Command(
    name = "calls",
    description = "List the calls that are up: both sides, codec, loss, jitter, round trip, MOS.")
final class CallsCommand implements Callable<Integer> {

  @Mixin private CallOptions options = new CallOptions();

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What some arguments ask for; throws a {@code ParameterException} if they are bad. */
  static CallOptions parse(List<String> arguments) {
    CallsCommand command = new CallsCommand();
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.options;
  }

  @Override
  public Integer call() {
    return running.run(spec, "calls", options.arguments());
  }
}
