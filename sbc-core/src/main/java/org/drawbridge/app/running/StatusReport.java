package org.drawbridge.app.running;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.drawbridge.app.control.ControlReply;
import org.drawbridge.app.explain.TrunkView;
import org.drawbridge.app.explain.TrunkWords;
import org.drawbridge.sip.transport.BoundListener;
import org.drawbridge.upstream.RegistrationStatus;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a running program does, for people and for programs. */
public final class StatusReport {

  private static final JsonMapper JSON = JsonMapper.shared();

  private StatusReport() {}

  /**
   * Describes it.
   *
   * @param drainedAt when it stops at the latest, since it takes no new calls; null if it stays
   */
  public static ControlReply of(Sbc sbc, Reloader reloader, @Nullable Instant drainedAt) {
    // That of the JVM, whose clock nobody sets.
    Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    ObjectNode data = JSON.createObjectNode();
    data.put("uptime", uptime.toSeconds())
        .put("calls", sbc.calls())
        .put("passed-on-calls", sbc.passedOnCalls())
        .put("registrations", sbc.registrations())
        .put("relayed-registrations", sbc.relayedRegistrations());
    if (drainedAt != null) {
      data.put("draining-until", drainedAt.toString());
    }
    data.putObject("configuration")
        .put("file", reloader.file().toString())
        .put("since", reloader.since().toString());
    ArrayNode listeners = data.putArray("listeners");
    sbc.listeners().forEach(listener -> listeners.add(words(listener)));
    sbc.certificates().warnings().forEach(data.putArray("certificate-warnings")::add);
    ArrayNode trunks = data.putArray("trunks");
    sbc.view().trunks().forEach(trunk -> describe(trunk, sbc.view(), trunks.addObject()));

    List<String> lines = new ArrayList<>();
    lines.add("Up for         " + words(uptime));
    if (drainedAt != null) {
      lines.add("Draining       no new calls; stops after the last, or at " + drainedAt);
    }
    lines.add(
        "Configuration  " + reloader.file() + ", in force since " + seconds(reloader.since()));
    lines.add("Calls          " + sbc.calls() + more(sbc.passedOnCalls(), "passed on"));
    lines.add(
        "Registrations  "
            + sbc.registrations()
            + more(sbc.relayedRegistrations(), "at a PBX, through us"));
    sbc.listeners().forEach(listener -> lines.add("Listener       " + words(listener)));
    sbc.certificates().warnings().forEach(warning -> lines.add("Certificate    " + warning));
    sbc.view().trunks().forEach(trunk -> describe(trunk, sbc.view(), lines));
    return new ControlReply(
        true, lines.stream().map(line -> line + "\n").collect(Collectors.joining()), data);
  }

  private static void describe(TrunkStatus trunk, TrunkView view, ObjectNode out) {
    TrunkWords words = TrunkWords.of(trunk);
    out.put("name", trunk.name()).put("state", words.state()).put("why", words.why());
    RegistrationStatus registration = trunk.registration();
    if (registration != null) {
      ObjectNode node = out.putObject("registration");
      node.put("state", registration.state().name().toLowerCase(Locale.ROOT))
          .put("since", registration.since().toString())
          .put("reason", registration.reason());
      if (registration.expires() != null) {
        node.put("expires", registration.expires().toString());
      }
    }
    if (trunk.contacts() != null) {
      out.put("contacts", trunk.contacts());
    }
    ArrayNode targets = out.putArray("targets");
    trunk
        .targets()
        .forEach(
            target ->
                targets
                    .addObject()
                    .put("uri", target.target())
                    .put("state", TrunkWords.state(target))
                    .put("since", target.since().toString())
                    .put("why", target.reason()));
    view.facts(trunk.name()).forEach(out.putArray("facts")::add);
  }

  private static void describe(TrunkStatus trunk, TrunkView view, List<String> lines) {
    TrunkWords words = TrunkWords.of(trunk);
    String why = words.why().isEmpty() ? "" : ": " + words.why();
    lines.add("Trunk %-8s %s%s".formatted(trunk.name(), words.state(), why));
    trunk
        .targets()
        .forEach(
            target ->
                lines.add(
                    "               %s %s since %s: %s"
                        .formatted(
                            target.target(),
                            TrunkWords.state(target),
                            seconds(target.since()),
                            target.reason())));
    view.facts(trunk.name()).forEach(fact -> lines.add("               " + fact));
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String more(int others, String what) {
    return others == 0 ? "" : ", and %d %s".formatted(others, what);
  }

  private static String words(BoundListener listener) {
    String host = listener.address().getAddress().getHostAddress();
    return listener.settings().transport().name().toLowerCase(Locale.ROOT)
        + " "
        + (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + listener.address().getPort();
  }

  private static String words(Duration time) {
    return "%dd %02dh %02dm %02ds"
        .formatted(time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
  }
}
