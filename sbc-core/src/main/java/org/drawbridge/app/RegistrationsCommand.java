package org.drawbridge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sbc registrations}: lists the devices that are registered with the running program. */
@Command(
    name = "registrations",
    description =
        "List the devices that are registered: account, transport, source, contact, how long yet,"
            + " user agent.")
final class RegistrationsCommand implements Callable<Integer> {

  @Mixin private RegistrationOptions options = new RegistrationOptions();

  @Mixin private RunningOptions running = new RunningOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What some arguments ask for; throws a {@code ParameterException} if they are bad. */
  static RegistrationOptions parse(List<String> arguments) {
    RegistrationsCommand command = new RegistrationsCommand();
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.options;
  }

  @Override
  public Integer call() {
    return running.run(spec, "registrations", arguments());
  }

  /** A word that can be both: other commands take the file first. */
  private static boolean isFile(String word) {
    return word.indexOf('@') < 0
        && (word.endsWith(".yaml") || word.endsWith(".yml") || Files.isRegularFile(Path.of(word)));
  }

  private List<String> arguments() {
    List<String> all = new ArrayList<>();
    String user = options.user();
    if (user != null && !(isFile(user) && running.takeFile(Path.of(user)))) {
      all.add(user);
    }
    if (options.after() != null) {
      all.addAll(List.of("--after", options.after()));
    }
    all.addAll(List.of("--limit", Integer.toString(options.limit())));
    return all;
  }
}
