package org.drawbridge.app;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.drawbridge.routing.config.AccountsLoader;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sbc check}: names every mistake in the configuration and starts nothing. */
@Command(name = "check", description = "Check a configuration file and name every mistake in it.")
final class CheckCommand implements Callable<Integer> {

  @Parameters(
      defaultValue = "config/sbc.yaml",
      description = "The file; ${DEFAULT-VALUE} by default.")
  private Path file = Path.of("config/sbc.yaml");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    SbcConfig config = ConfigFile.read(file, err);
    if (config == null || !usersAreGood(config, err)) {
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s is good: %d listeners, %d trunks, %d routes%n",
        file,
        config.edge().listeners().size(),
        config.routing().trunks().size(),
        config.routing().routes().size());
    out.flush();
    return 0;
  }

  private static boolean usersAreGood(SbcConfig config, PrintWriter err) {
    Path users = config.accounts().usersFile();
    if (users == null || !Files.exists(users)) {
      return true;
    }
    return switch (AccountsLoader.load(config, Environment.ofProcess())) {
      case UsersResult.Loaded ignored -> true;
      case UsersResult.Refused(List<ConfigProblem> problems) -> {
        problems.forEach(err::println);
        err.flush();
        yield false;
      }
    };
  }
}
