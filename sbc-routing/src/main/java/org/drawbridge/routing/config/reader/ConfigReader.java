package org.drawbridge.routing.config.reader;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.drawbridge.routing.condition.DateSet;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.AccountsConfig;
import org.drawbridge.routing.config.CallConfig;
import org.drawbridge.routing.config.EdgeConfig;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.MediaConfig;
import org.drawbridge.routing.config.OperationConfig;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RoutingConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.TrunkGroup;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.routing.yaml.Problems;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlFiles;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration file: strict, all mistakes at once, never an exception for what the file
 * holds. Whatever the file leaves out has a default; only {@code domains} and {@code listeners}
 * must be there.
 */
public final class ConfigReader {

  private static final CallConfig CALL =
      new CallConfig(Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofSeconds(90));

  /** A session refresh more often than this is refused (RFC 4028 section 5). */
  private static final Duration LEAST_SESSION = Duration.ofSeconds(90);

  /** Stands in for the domains of a file that names none, so that the rest can be checked too. */
  private static final List<String> NO_DOMAIN = List.of("invalid");

  private ConfigReader() {}

  /** Reads a file, taking {@code ${NAME}} from the environment of this process. */
  public static ConfigResult read(Path file) {
    return read(file, Environment.ofProcess());
  }

  /** Reads a file, taking {@code ${NAME}} from {@code environment}. */
  public static ConfigResult read(Path file, Environment environment) {
    return read(file, environment, input -> {});
  }

  /**
   * Reads a file.
   *
   * @param inputs told of it and of every file it names to be read, also where something is wrong
   */
  public static ConfigResult read(Path file, Environment environment, Consumer<Path> inputs) {
    Problems problems = new Problems(file.toString());
    return read(YamlFiles.read(file, problems, environment, inputs), problems);
  }

  /** Reads the text of a file that goes by the name {@code file} in messages. */
  public static ConfigResult parse(String text, String file, Environment environment) {
    Problems problems = new Problems(file);
    return read(YamlFiles.parse(text, problems, environment), problems);
  }

  private static ConfigResult read(@Nullable YamlValue root, Problems problems) {
    Section section = root == null ? null : root.section();
    if (section == null) {
      return new ConfigResult.Refused(problems.errors());
    }
    section.find(YamlFiles.INCLUDE);
    SbcConfig config = config(section);
    section.close();
    return problems.none()
        ? new ConfigResult.Loaded(config, problems.warnings())
        : new ConfigResult.Refused(problems.errors());
  }

  private static SbcConfig config(Section section) {
    DomainReader reader = new DomainReader();
    List<String> domains = section.required("domains", reader::readAll, NO_DOMAIN);
    EdgeConfig edge = edge(section);
    MediaConfig media = media(section, MediaReader.everywhere(edge.listeners()));
    List<AccountMention> mentions = new ArrayList<>();
    Map<String, RelayedDomain> relayed = reader.relayed();
    TrunkAccountReader lines =
        new TrunkAccountReader(domains.getFirst(), relayed.keySet(), mentions::add);
    RoutingConfig routing = routing(section, relayed, edge.listeners(), lines, mentions::add);
    PortConflicts.check(section, edge.listeners(), media);
    OperationConfig operation = OperationReader.read(section);
    PortConflicts.check(section, edge.listeners(), operation.metrics());
    return new SbcConfig(
        domains,
        edge,
        media,
        accounts(section, domains, relayed, routing.trunks().keySet(), mentions),
        routing,
        section.section("call", ConfigReader::call, CALL),
        operation);
  }

  private static MediaConfig media(Section section, InetAddress bind) {
    return section.section(
        "media", keys -> MediaReader.read(keys, bind), MediaReader.DEFAULT.boundTo(bind));
  }

  private static EdgeConfig edge(Section section) {
    return new EdgeConfig(
        section.required("listeners", ListenerReader::readAll, List.of()),
        section.section("limits", EdgeReader::limits, EdgeReader.LIMITS),
        section.section("security", EdgeReader::security, EdgeReader.SECURITY),
        section.section("web", EdgeReader::web, EdgeReader.WEB),
        section.section("dns", DnsReader::read, DnsReader.DEFAULT));
  }

  private static AccountsConfig accounts(
      Section section,
      List<String> domains,
      Map<String, RelayedDomain> relayed,
      Set<String> trunks,
      List<AccountMention> mentions) {
    List<String> own = domains.stream().filter(name -> !relayed.containsKey(name)).toList();
    if (section.has("users") && !domains.getFirst().equals(own.isEmpty() ? "" : own.getFirst())) {
      section.place().problem("where there are users, the first domain cannot be that of a PBX");
    }
    AccountsReader.Users users =
        section.section(
            "users",
            keys -> AccountsReader.users(keys, own.isEmpty() ? domains : own),
            AccountsReader.NOBODY);
    Map<String, Limits> groups =
        section.section(
            "account-groups", keys -> AccountGroupReader.readAll(keys, mentions::add), Map.of());
    return new AccountsConfig(
        users.inline(),
        users.file(),
        section.section(
            "registrar", keys -> AccountsReader.registrar(keys, trunks), AccountsReader.REGISTRAR),
        groups,
        relayed,
        mentions);
  }

  private static RoutingConfig routing(
      Section section,
      Map<String, RelayedDomain> relayed,
      List<ListenerConfig> listeners,
      TrunkAccountReader lines,
      Consumer<AccountMention> mentions) {
    Map<String, Trunk> trunks =
        section.section("trunks", keys -> TrunkReader.readAll(keys, listeners, lines), Map.of());
    trunks.keySet().stream()
        .filter(relayed::containsKey)
        .forEach(name -> section.place().problem("a domain and a trunk are both called " + name));
    Map<String, TrunkGroup> groups =
        section.section(
            "trunk-groups", keys -> GroupReader.readAll(keys, trunks.keySet()), Map.of());
    Map<String, DateSet> calendars =
        section.section("calendars", CalendarReader::readAll, Map.of());
    RouteReader reader = new RouteReader(trunks, groups.keySet(), calendars, mentions);
    List<RouteConfig> routes = section.optional("routes", reader::readAll, DefaultRoutes.ALL);
    return new RoutingConfig(trunks, groups, routes);
  }

  private static CallConfig call(Section section) {
    CallConfig call =
        new CallConfig(
            section.optional(
                "ring-timeout",
                Scalars.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                CALL.ringTimeout()),
            section.optional("session-expires", session(), CALL.sessionExpires()),
            section.optional("min-se", session(), CALL.minSe()));
    if (section.isGood("session-expires", "min-se")
        && call.minSe().compareTo(call.sessionExpires()) > 0) {
      section.place().problem("min-se must not exceed session-expires");
    }
    return call;
  }

  private static ValueReader<Duration> session() {
    return Scalars.duration(LEAST_SESSION, Duration.ofDays(1));
  }
}
