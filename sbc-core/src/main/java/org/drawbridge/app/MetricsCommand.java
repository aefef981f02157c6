package org.drawbridge.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc metrics}: prints the counters of the running program. */
@Command(
    name = "metrics",
    description = "Print the counters of the running program as Prometheus reads them.")
final class MetricsCommand implements Callable<Integer> {

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return running.run(spec, "metrics");
  }
}
