package org.drawbridge.app;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.auth.LoginGuard.Lockout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whether lockouts are to be listed, or which is to end. */
final class LockoutOptions {

  /** Of a scan by a whole botnet nobody reads more. */
  private static final int MOST = 1_000;

  @Option(
      names = "--lift",
      paramLabel = "ADDRESS",
      description = "Let this address try again at once.")
  private @Nullable String lift;

  /** As on a command line. */
  List<String> arguments() {
    return lift == null ? List.of() : List.of("--lift", lift);
  }

  /** Has it done by the running program. */
  ControlReply give(List<LoginGuard> guards) {
    return lift == null ? list(guards) : lift(guards, lift);
  }

  private static ControlReply lift(List<LoginGuard> guards, String text) {
    InetAddress address = Addresses.literal(text);
    if (address == null) {
      return ControlReply.words(false, "not an address as in 192.0.2.7: " + text + "\n");
    }
    long lifted = guards.stream().filter(guard -> guard.lift(address)).count();
    return lifted > 0
        ? ControlReply.words(true, text + " may try again.\n")
        : ControlReply.words(false, text + " is not locked out.\n");
  }

  private static ControlReply list(List<LoginGuard> guards) {
    List<Lockout> all =
        guards.stream()
            .flatMap(guard -> guard.lockouts().stream())
            .sorted(
                Comparator.comparing((Lockout lockout) -> lockout.source().getHostAddress())
                    .thenComparing(Lockout::account))
            .toList();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = data.putArray("lockouts");
    StringBuilder text = new StringBuilder(all.isEmpty() ? "Nobody is locked out.\n" : "");
    for (Lockout lockout : all.subList(0, Math.min(all.size(), MOST))) {
      String source = lockout.source().getHostAddress();
      String account = RegistrationsReport.clean(lockout.account());
      long left = lockout.left().toSeconds();
      ObjectNode row = rows.addObject().put("source", source).put("for", left);
      if (!account.isEmpty()) {
        row.put("account", account);
      }
      text.append(source)
          .append(account.isEmpty() ? "  any account" : "  " + account)
          .append(", for ")
          .append(left)
          .append(" s\n");
    }
    if (all.size() > MOST) {
      text.append("and ").append(all.size() - MOST).append(" more\n");
    }
    return new ControlReply(true, text.toString(), data);
  }
}
