package org.drawbridge.app;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.AccountReader;
import org.drawbridge.routing.user.NewAccount;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sbc hash-password}: prints what to add to the users file for an account. */
@Command(
    name = "hash-password",
    description = {
      "Print the lines of an account for the users file.",
      "The password is asked for, or read from standard input where that is not a terminal."
    })
final class HashPasswordCommand implements Callable<Integer> {

  private static final int SHORTEST_PASSWORD = 8;

  @Parameters(paramLabel = "ACCOUNT", description = "Its name, or name@domain.")
  private String account = "";

  @Option(
      names = "--config",
      defaultValue = "config/sbc.yaml",
      description = "Where the default domain stands; ${DEFAULT-VALUE} by default.")
  private Path file = Path.of("config/sbc.yaml");

  @Option(
      names = "--sha256",
      description = {
        "Add a SHA-256 hash, for phones that know RFC 8760.",
        "Some old ones fail at a challenge that offers it."
      })
  private boolean sha256;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    int at = account.lastIndexOf('@');
    String name = at < 0 ? account : account.substring(0, at);
    if (!AccountReader.isName(name)) {
      return refuse(err, "\"" + name + "\" is not an account name, as in 1001 or alice");
    }
    String domain = at < 0 ? defaultDomain(err) : domain(account.substring(at + 1));
    if (domain == null) {
      return at < 0 ? 1 : refuse(err, account.substring(at + 1) + " is no domain");
    }
    String password = readPassword();
    if (password == null || password.length() < SHORTEST_PASSWORD) {
      return refuse(err, "The password needs at least " + SHORTEST_PASSWORD + " characters.");
    }
    UserAccount made = NewAccount.of(name, domain, password, sha256).account();
    PrintWriter out = spec.commandLine().getOut();
    out.print(UsersFile.entry(made));
    out.flush();
    return 0;
  }

  private static int refuse(PrintWriter err, String why) {
    err.println(why);
    err.flush();
    return 1;
  }

  /** As the digest has it: domains are compared without regard to case, hashes are not. */
  private static @Nullable String domain(String text) {
    return NetworkScalars.isDomain(text) ? text.toLowerCase(Locale.ROOT) : null;
  }

  private @Nullable String defaultDomain(PrintWriter err) {
    SbcConfig config = ConfigFile.read(file, err);
    return config == null ? null : config.defaultDomain();
  }

  private static @Nullable String readPassword() throws IOException {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Password: ");
      return typed == null ? null : new String(typed);
    }
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }
}
