package org.drawbridge.routing.config.reader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.drawbridge.routing.config.EdgeConfig.AuthFailures;
import org.drawbridge.routing.config.EdgeConfig.LimitsConfig;
import org.drawbridge.routing.config.EdgeConfig.SecurityConfig;
import org.drawbridge.routing.config.EdgeConfig.WebConfig;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.LimitsReader;
import org.drawbridge.routing.pattern.TextPattern;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code limits}, {@code security} and {@code web}. */
final class EdgeReader {

  private static final int CALLS = 10_000;

  static final LimitsConfig LIMITS =
      new LimitsConfig(Limits.NONE.withCalls(CALLS), 100_000, 50_000, 1_000, 65_536);

  static final AuthFailures AUTH_FAILURES =
      new AuthFailures(20, Duration.ofMinutes(1), Duration.ofMinutes(10));

  /** What the scanners that find every SIP port within minutes call themselves. */
  private static final List<TextPattern> SCANNERS =
      Stream.of("friendly-scanner", "sipvicious", "sipcli", "sip-scan", "vaxsipuseragent", "pplsip")
          .map(TextPattern::literalIgnoringCase)
          .toList();

  static final SecurityConfig SECURITY = new SecurityConfig(SCANNERS, AUTH_FAILURES);

  static final WebConfig WEB = new WebConfig(true, Path.of("web/dist"));

  private static final ValueReader<Integer> COUNT = Scalars.number(1, 10_000_000);

  private static final ValueReader<Duration> PERIOD =
      Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(30));

  private EdgeReader() {}

  static LimitsConfig limits(Section section) {
    Limits all = LimitsReader.read(section);
    return new LimitsConfig(
        all.calls() == 0 ? all.withCalls(CALLS) : all,
        section.optional("registrations", COUNT, LIMITS.registrations()),
        section.optional("connections", COUNT, LIMITS.connections()),
        section.optional("connections-per-address", COUNT, LIMITS.connectionsPerAddress()),
        section.optional("message-size", Scalars.size(2048, 1 << 20), LIMITS.messageSize()));
  }

  static SecurityConfig security(Section section) {
    return new SecurityConfig(
        section.list("drop-user-agents", NetworkScalars::patternIgnoringCase, SCANNERS),
        section.section("auth-failures", EdgeReader::authFailures, AUTH_FAILURES));
  }

  private static AuthFailures authFailures(Section section) {
    return new AuthFailures(
        section.optional("max", Scalars.number(0, 1_000_000), AUTH_FAILURES.max()),
        section.optional("within", PERIOD, AUTH_FAILURES.within()),
        section.optional("ban", PERIOD, AUTH_FAILURES.ban()));
  }

  static WebConfig web(Section section) {
    return new WebConfig(
        section.optional("enabled", Scalars::bool, WEB.enabled()),
        section.optional("root", EdgeReader::pages, WEB.root()));
  }

  /** The usual one may be yet to be built. */
  private static @Nullable Path pages(YamlValue value) {
    Path root = Scalars.path(value);
    if (root != null && !root.equals(WEB.root()) && !Files.isDirectory(root)) {
      value.warning("there is no directory " + root + ", so no pages are served");
    }
    return root;
  }
}
