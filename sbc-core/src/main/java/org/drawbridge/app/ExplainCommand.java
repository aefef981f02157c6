package org.drawbridge.app;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.config.AccountsLoader;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.rule.AccountGroups;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteTable;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.rule.RuleCheck;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.yaml.Environment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sbc explain}: says where a call would go and why, route by route, without placing it. */
@Command(
    name = "explain",
    description = "Say where a call would go, and why each route did or did not take it.")
final class ExplainCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      description =
          "Who calls: an account, or with --trunk or --stranger a number. May have an @domain.")
  private String from = "";

  @Option(names = "--to", required = true, description = "What is dialled. May have an @domain.")
  private String to = "";

  @Option(names = "--trunk", description = "The call comes in from this trunk.")
  private @Nullable String trunk;

  @Option(names = "--stranger", description = "The caller is neither an account nor a trunk.")
  private boolean stranger;

  @Option(names = "--method", defaultValue = "INVITE", description = "${DEFAULT-VALUE} by default.")
  private String method = "INVITE";

  @Parameters(
      defaultValue = "config/sbc.yaml",
      description = "The file; ${DEFAULT-VALUE} by default.")
  private Path file = Path.of("config/sbc.yaml");

  @Mixin private ExplainFacts facts = new ExplainFacts();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    SbcConfig config = ConfigFile.read(file, err);
    if (config == null) {
      return 1;
    }
    if (trunk != null && !config.routing().trunks().containsKey(trunk)) {
      err.printf(
          "There is no trunk %s; there are: %s%n", trunk, config.routing().trunks().keySet());
      err.flush();
      return 1;
    }
    RouteQuery query =
        new RouteQuery(
            source(config),
            method.toUpperCase(Locale.ROOT),
            party(from, config),
            party(to, config),
            facts.facts());
    RouteTable.Explanation explanation =
        RouteTable.compile(config, groups(config), facts.clock()).explain(query);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s from %s (%s) to %s%n",
        query.method(), query.caller(), words(query.source()), query.callee());
    for (RuleCheck check : explanation.checks()) {
      out.printf("  %s %-16s %s%n", check.matched() ? "->" : "  ", check.route(), check.why());
    }
    out.println(words(explanation.decision()));
    out.flush();
    return 0;
  }

  /** Those of the accounts as far as they can be read. */
  private static AccountGroups groups(SbcConfig config) {
    return AccountsLoader.load(config, Environment.ofProcess())
            instanceof UsersResult.Loaded(List<UserAccount> users)
        ? AccountServices.groups(new ConfiguredAccounts(config.domains(), users))
        : AccountGroups.NONE;
  }

  private CallSource source(SbcConfig config) {
    if (trunk != null) {
      return new CallSource.FromTrunk(trunk);
    }
    if (stranger) {
      return new CallSource.Anonymous(InetAddress.getLoopbackAddress());
    }
    Party account = party(from, config);
    return new CallSource.Registered(account.user(), account.host());
  }

  private static Party party(String text, SbcConfig config) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new Party(text, config.defaultDomain())
        : new Party(text.substring(0, at), text.substring(at + 1).toLowerCase(Locale.ROOT));
  }

  private static String words(CallSource source) {
    return switch (source) {
      case CallSource.Registered _ -> "an account";
      case CallSource.FromTrunk(String name) -> "trunk " + name;
      case CallSource.Anonymous _ -> "a stranger";
    };
  }

  private static String words(RouteDecision decision) {
    return switch (decision) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          "refused: %d %s".formatted(status, reason);
      case RouteDecision.Deliver deliver ->
          deliver.targets().stream()
              .map(ExplainCommand::words)
              .collect(
                  Collectors.joining(
                      "\n  then ",
                      "as %s to %s:%n  ".formatted(deliver.caller(), deliver.callee()),
                      "\n  each for %d s at most, %s"
                          .formatted(
                              deliver.ringTimeout().toSeconds(), words(deliver.handling()))));
    };
  }

  private static String words(CallHandling handling) {
    return "mode %s, media %s"
        .formatted(
            handling.mode().name().toLowerCase(Locale.ROOT),
            handling.media().name().toLowerCase(Locale.ROOT));
  }

  private static String words(RouteTarget target) {
    return switch (target) {
      case RouteTarget.Registrar(String user, String domain) ->
          "every device registered as " + user + "@" + domain;
      case RouteTarget.ToTrunk(var to, String user) ->
          "trunk %s as %s at %s%s"
              .formatted(
                  to.name(),
                  user,
                  to.targets().stream().map(SipTarget::toString).collect(Collectors.joining(", ")),
                  to.care().registration() == null ? "" : ", while we are registered there");
      case RouteTarget.Service(String name) -> "the service " + name;
    };
  }
}
