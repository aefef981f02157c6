package org.drawbridge.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.drawbridge.app.running.AccountFiles;
import org.drawbridge.app.running.OwnCertificates;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.yaml.ConfigProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sbc check}: names every mistake in the configuration and starts nothing. */
@Command(name = "check", description = "Check a configuration file and name every mistake in it.")
final class CheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "config/sbc.yaml",
      description = "The file; ${DEFAULT-VALUE} by default.")
  private Path file = Path.of("config/sbc.yaml");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    SbcConfig config = ConfigFile.read(file, err);
    if (config == null) {
      return 1;
    }
    boolean usersAreGood = usersAreGood(config, err);
    if (!certificatesAreGood(config, err) || !usersAreGood) {
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

  /** A listener's certificate that is not there yet is made at the start. */
  private boolean certificatesAreGood(SbcConfig config, PrintWriter err) {
    List<String> problems = OwnCertificates.problems(config);
    problems.forEach(problem -> err.println(file + ": " + problem));
    OwnCertificates.of(config).warnings().forEach(warning -> err.println("warning: " + warning));
    OwnCertificates.missing(config)
        .forEach(
            missing ->
                err.printf(
                    "warning: there is no %s: the start makes one for development, which nobody"
                        + " trusts%n",
                    missing.certificate()));
    err.flush();
    return problems.isEmpty();
  }

  private static boolean usersAreGood(SbcConfig config, PrintWriter err) {
    List<ConfigProblem> problems = AccountFiles.problems(config);
    problems.forEach(err::println);
    if (problems.isEmpty() && AccountFiles.isFirstStart(config)) {
      err.printf(
          "warning: there is no %s: the start makes it with a few accounts, and shows their"
              + " passwords%n",
          config.accounts().usersFile());
    }
    err.flush();
    return problems.isEmpty();
  }
}
