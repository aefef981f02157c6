package org.drawbridge.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc record}: begins or ends the recording of a call of the running program. */
@Command(
    name = "record",
    description = "Record a call that is up, both sides in one WAV file, or end its recording.")
final class RecordCommand implements Callable<Integer> {

  @Mixin private RecordOptions options = new RecordOptions();

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The order that some arguments give; throws a {@code ParameterException} if they are bad. */
  static RecordOptions parse(List<String> arguments) {
    RecordCommand command = new RecordCommand();
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.options;
  }

  @Override
  public Integer call() {
    return running.run(spec, "record", arguments());
  }

  /** A directory is meant as seen from here, not from where the program runs. */
  private List<String> arguments() {
    List<String> all = new ArrayList<>(List.of(options.call()));
    Path directory = options.directory();
    if (directory != null) {
      all.addAll(List.of("--to", directory.toAbsolutePath().toString()));
    }
    if (options.stop()) {
      all.add("--stop");
    }
    return all;
  }
}
