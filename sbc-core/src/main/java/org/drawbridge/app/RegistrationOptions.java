package org.drawbridge.app;

import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.running.RegistrationList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which registrations are wanted. */
final class RegistrationOptions {

  /** Answers are read and kept as a whole, so none may have all of a large table. */
  private static final int MOST = 10_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "USER",
      description = "Only those of 1001, or of 1001@example.com.")
  private @Nullable String user;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "500",
      description = "No more devices than about so many; ${DEFAULT-VALUE} by default.")
  private int limit = 500;

  @Option(
      names = "--after",
      paramLabel = "USER@DOMAIN",
      description = "Go on behind this account, as the end of a list says.")
  private @Nullable String after;

  @Nullable String user() {
    return user;
  }

  int limit() {
    return limit;
  }

  @Nullable String after() {
    return after;
  }

  /** Has them listed by the running program. */
  ControlReply give(RegistrationList list) {
    int most = Math.clamp(limit, 1, MOST);
    ControlReply reply = RegistrationsReport.of(list.page(user, after, most));
    return reply.text().isEmpty() ? new ControlReply(true, nobody(), reply.data()) : reply;
  }

  private String nobody() {
    String who = user == null ? "Nobody is registered" : user + " is not registered";
    return who + (after == null ? ".\n" : " behind " + after + ".\n");
  }
}
