package org.drawbridge.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc calls}: lists the calls of the running program and how they sound. */
@Command(
    name = "calls",
    description = "List the calls that are up: both sides, codec, loss, jitter, round trip, MOS.")
final class CallsCommand implements Callable<Integer> {

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return running.run(spec, "calls");
  }
}
