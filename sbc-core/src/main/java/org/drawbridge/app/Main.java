package org.drawbridge.app;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line: {@code bin/sbc run | check | explain | reload | status | calls | registrations
 * | lockouts | record | drain | metrics | hash-password}.
 */
@Command(
    name = "sbc",
    description = "Drawbridge, a session border controller.",
    mixinStandardHelpOptions = true,
    version = "Drawbridge 0.1.0")
public final class Main {

  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          CheckCommand.class,
          ExplainCommand.class,
          ReloadCommand.class,
          StatusCommand.class,
          CallsCommand.class,
          RegistrationsCommand.class,
          LockoutsCommand.class,
          RecordCommand.class,
          DrainCommand.class,
          MetricsCommand.class,
          HashPasswordCommand.class,
          RehearseCommand.class);

  private Main() {}

  /**
   * Runs one command and exits with its status: 0 when it did its work, 1 when not, 2 for wrong
   * words.
   */
  public static void main(String[] arguments) {
    String[] words = arguments.length == 0 ? new String[] {"run"} : arguments;
    int status = commandLine(words[0]).execute(words);
    System.exit(status == 0 ? delivered(System.out, System.err) : status);
  }

  /** 0 if all that was printed has been written; a full disk has cost some of it otherwise. */
  static int delivered(PrintStream out, PrintStream err) {
    if (!out.checkError()) {
      return 0;
    }
    err.println("The output could not be written to its end.");
    return 1;
  }

  /** Knows the one command that is named, since to read of all delays a start; else all. */
  static CommandLine commandLine(String name) {
    CommandLine line = new CommandLine(new Main());
    COMMANDS.stream()
        .filter(type -> name.equals(type.getAnnotation(Command.class).name()))
        .findFirst()
        .ifPresentOrElse(line::addSubcommand, () -> COMMANDS.forEach(line::addSubcommand));
    line.getSubcommands().values().forEach(Main::helps);
    return line.setCaseInsensitiveEnumValuesAllowed(true); // of those it has by now
  }

  /** Every command tells of itself, not only the program as a whole. */
  private static void helps(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
  }
}
