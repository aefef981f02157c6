package org.drawbridge.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.explain.ExplainOptions;
import org.drawbridge.app.explain.Explainer;
import org.drawbridge.app.explain.TrunkView;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.AccountsLoader;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.yaml.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code sbc explain}: says where a call would go and why, route by route, without placing it. The
 * running program is asked, which knows how trunks stand; where none runs, the file alone.
 */
@Command(
    name = "explain",
    description = "Say where a call would go, and why each route did or did not take it.")
final class ExplainCommand implements Callable<Integer> {

  @Mixin private ExplainOptions options = new ExplainOptions();

  @Mixin private RunningOptions running = new RunningOptions();

  @CommandLine.Option(names = "--file", description = "Ask the file, whatever runs.")
  private boolean fileOnly;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The call that some arguments are about; throws a {@code ParameterException} if they are bad.
   */
  static ExplainOptions parse(List<String> arguments) {
    ExplainCommand command = new ExplainCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return command.options;
  }

  @Override
  public Integer call() {
    ControlReply reply = fileOnly ? null : running.ask(spec, "explain", arguments());
    return reply == null ? ofFile() : running.print(spec, reply);
  }

  /** As they were typed, so that the running program reads them as we did. */
  private List<String> arguments() {
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    return all.getFirst().equals(spec.name()) ? all.subList(1, all.size()) : all;
  }

  private int ofFile() {
    PrintWriter err = spec.commandLine().getErr();
    SbcConfig config = ConfigFile.read(running.file(), err);
    if (config == null) {
      return 1;
    }
    ControlReply reply =
        new Explainer(config, accounts(config), TrunkView.NOT_RUNNING, false).explain(options);
    String told = reply.ok() ? reply.text() + untold() : reply.text();
    return running.print(spec, new ControlReply(reply.ok(), told, reply.data()));
  }

  /** What a file cannot say. */
  private String untold() {
    String why = fileOnly ? "" : "No Drawbridge runs with it. ";
    return why + "This is what the file says; how trunks and devices stand is not known from it.\n";
  }

  /** As far as they can be read. */
  private static ConfiguredAccounts accounts(SbcConfig config) {
    UsersResult read = AccountsLoader.gather(config, Environment.ofProcess());
    return new ConfiguredAccounts(
        config.domains(),
        read instanceof UsersResult.Loaded(List<UserAccount> users) ? users : List.of());
  }
}
