package org.drawbridge.app;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.sip.transport.CertificateFiles;
import org.jspecify.annotations.Nullable;
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
    List<ListenerConfig> listeners = config.edge().listeners();
    Set<Path> identities = files(listeners.stream().map(ListenerConfig::certificate));
    Set<Path> toBeMade =
        identities.stream().filter(Predicate.not(Files::exists)).collect(Collectors.toSet());
    List<TrunkTls> trunks = Ruleset.trunks(config).stream().map(Trunk::tls).toList();
    identities.addAll(files(trunks.stream().map(TrunkTls::certificate)));
    identities.removeAll(toBeMade);
    Set<Path> authorities = files(trunks.stream().map(TrunkTls::authorities));
    listeners.stream()
        .map(ListenerConfig::clients)
        .filter(Objects::nonNull)
        .forEach(clients -> authorities.add(clients.authorities()));
    List<String> problems = CertificateFiles.problems(identities, authorities);
    problems.forEach(problem -> err.println(file + ": " + problem));
    OwnCertificates.of(config).warnings().forEach(warning -> err.println("warning: " + warning));
    toBeMade.forEach(
        missing ->
            err.printf(
                "warning: there is no %s: the start makes one for development, which nobody"
                    + " trusts%n",
                missing));
    err.flush();
    return problems.isEmpty();
  }

  private static Set<Path> files(Stream<@Nullable Path> some) {
    return some.filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean usersAreGood(SbcConfig config, PrintWriter err) {
    List<ConfigProblem> problems = AccountFiles.problems(config);
    problems.forEach(err::println);
    err.flush();
    return problems.isEmpty();
  }
}
