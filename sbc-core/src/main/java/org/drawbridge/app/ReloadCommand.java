package org.drawbridge.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc reload}: has the running program read its configuration again. */
@Command(
    name = "reload",
    description =
        "Read the configuration of the running program again; a bad one is refused and the old one stays.")
final class ReloadCommand implements Callable<Integer> {

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return running.run(spec, "reload");
  }
}
