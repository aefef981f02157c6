package org.drawbridge.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code bin/sbc run | check | explain | reload | status | calls | record |
 * metrics | hash-password}.
 */
@Command(
    name = "sbc",
    description = "Drawbridge, a session border controller.",
    mixinStandardHelpOptions = true,
    version = "Drawbridge 0.1.0",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      ReloadCommand.class,
      StatusCommand.class,
      CallsCommand.class,
      RecordCommand.class,
      MetricsCommand.class,
      HashPasswordCommand.class,
      RehearseCommand.class
    })
public final class Main {

  private Main() {}

  /**
   * Runs one command and exits with its status: 0 when it did its work, 1 when not, 2 for wrong
   * words.
   */
  public static void main(String[] arguments) {
    String[] words = arguments.length == 0 ? new String[] {"run"} : arguments;
    System.exit(commandLine().execute(words));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
