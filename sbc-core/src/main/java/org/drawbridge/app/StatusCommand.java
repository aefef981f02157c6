package org.drawbridge.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc status}: says how the running program does. */
@Command(
    name = "status",
    description = "Say how the running program does: calls, registrations, trunks.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return running.run(spec, "status");
  }
}
