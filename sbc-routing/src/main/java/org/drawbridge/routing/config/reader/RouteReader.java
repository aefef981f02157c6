package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.drawbridge.routing.condition.DateSet;
import org.drawbridge.routing.config.AccountMention;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.CallMode;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.config.Patience;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RouteConfig.Action;
import org.drawbridge.routing.config.RouteConfig.Source;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes}. */
final class RouteReader {

  private static final ValueReader<String> NAME =
      Scalars.text(
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9_. -]*"),
          64,
          "a name of letters, digits, - _ and .");

  private static final ValueReader<String> PHRASE =
      Scalars.text(Pattern.compile("[ -~]*"), 100, "a phrase of 1 to 100 ASCII characters");

  private static final ValueReader<Duration> RING_TIMEOUT =
      Scalars.duration(Duration.ofSeconds(1), Duration.ofHours(1));

  /** Keys of {@code when} that a route itself has none of. */
  private static final List<String> CONDITIONS =
      List.of("from", "caller", "from-domain", "to-domain", "method", "network", "time");

  private final Map<String, Trunk> trunks;
  private final WhenReader when;
  private final TargetReader targets;
  private final Set<String> names = new HashSet<>();

  RouteReader(
      Map<String, Trunk> trunks,
      Collection<String> groups,
      Map<String, DateSet> calendars,
      Consumer<AccountMention> mentions) {
    this.trunks = trunks;
    this.when = new WhenReader(trunks.keySet(), calendars, mentions);
    this.targets = new TargetReader(trunks.keySet(), groups, mentions);
  }

  List<RouteConfig> readAll(YamlValue value) {
    SectionReader<RouteConfig> reader = this::read;
    List<RouteConfig> routes = new ArrayList<>();
    for (YamlValue item : value.list()) {
      RouteConfig route = reader.readClosed(item);
      if (route != null) {
        warnIfNeverUsed(item, route, routes);
        routes.add(route);
      }
    }
    return routes;
  }

  private static void warnIfNeverUsed(
      YamlValue place, RouteConfig route, List<RouteConfig> before) {
    for (RouteConfig other : before) {
      if (RouteCover.covers(other, route)) {
        place.warning(
            "route \"%s\" is never used: \"%s\" before it takes all that it would"
                .formatted(route.name(), other.name()));
        return;
      }
    }
  }

  private @Nullable RouteConfig read(Section section) {
    String name = section.required("name", this::name, "");
    When conditions = section.section("when", when::read, WhenReader.EVERYTHING);
    SetReader.Changes changes =
        section.section("set", new SetReader(conditions)::read, SetReader.NONE);
    CONDITIONS.stream().filter(section::has).forEach(key -> astray(section, key));
    Action action = action(section, changes);
    if (action == null) {
      return null;
    }
    warn(section, conditions, action);
    if (action instanceof Action.Deliver deliver) {
      ServiceUrnReader.warn(section, conditions, changes.callee(), deliver.targets(), trunks);
    }
    return new RouteConfig(
        name, conditions, changes.caller(), changes.callee(), changes.requests(), action);
  }

  private static void astray(Section section, String key) {
    YamlValue value = section.find(key);
    if (value != null) {
      value.problem("\"%1$s\" is a condition: write when: { %1$s: ... }".formatted(key));
    }
  }

  private @Nullable String name(YamlValue value) {
    String name = NAME.read(value);
    return name == null || names.add(name)
        ? name
        : value.problem("another route is already called \"" + name + "\"");
  }

  private @Nullable Action action(Section section, SetReader.Changes changes) {
    YamlValue to = section.find("to");
    List<Target> list = to == null ? List.of() : to.list(targets::read);
    CallHandling handling = HandlingReader.read(section, list, changes);
    SectionReader<Action> rejectReader = RouteReader::reject;
    Action reject = section.optional("reject", rejectReader::readClosed);
    Patience patience = patience(section, Patience.USUAL);
    FailurePolicy onFailure =
        section.optional("on-failure", FailureReader::read, FailureReader.NEXT);
    if (section.has("reject") == (to != null)) {
      return section
          .place()
          .problem(
              to == null
                  ? "a route needs \"to\" or \"reject\""
                  : "\"to\" and \"reject\" exclude one another");
    }
    if (to == null) {
      return reject;
    }
    if (to.list().isEmpty()) {
      to.problem("at least one target is needed");
    }
    HttpTargetReader.check(to, list);
    ServiceTargetReader.check(to, list);
    return new Action.Deliver(list, patience, onFailure, handling);
  }

  /** How long calls wait; as {@code otherwise} says where nothing is said here. */
  static Patience patience(Section section, Patience otherwise) {
    Duration ring = section.optional("ring-timeout", RING_TIMEOUT);
    Duration total = section.optional("total-timeout", RING_TIMEOUT);
    return new Patience(
        ring == null ? otherwise.ring() : ring, total == null ? otherwise.total() : total);
  }

  static Action reject(Section section) {
    int code = section.required("code", Scalars.number(400, 699), 403);
    return new Action.Reject(code, section.optional("reason", PHRASE, "Refused"));
  }

  private void warn(Section section, When conditions, Action action) {
    if (action instanceof Action.Deliver deliver) {
      warnOfChallenges(section, deliver);
      UrgencyReader.warn(section, conditions, deliver.handling().urgency());
    }
    List<Source> from = conditions.from();
    if (from == null) {
      return;
    }
    boolean outside =
        action instanceof Action.Deliver deliver
            && deliver.targets().stream().anyMatch(Target::leadsOut);
    if (outside && from.contains(new Source.Stranger())) {
      section
          .place()
          .warning("this route lets anyone on the network call out through a trunk: an open relay");
    }
    for (Source source : from) {
      if (source instanceof Source.FromTrunk(String name) && silent(name)) {
        section.place().warning("trunk " + name + " has no \"from\", so no call comes from it");
      }
    }
  }

  private void warnOfChallenges(Section section, Action.Deliver deliver) {
    for (Target target : deliver.targets()) {
      if (deliver.handling().mode() == CallMode.PROXY
          && target instanceof Target.ToTrunk(String name, _)
          && trunks.get(name) instanceof Trunk trunk
          && trunk.credentials() != null) {
        section
            .place()
            .warning(
                "trunk "
                    + name
                    + " has a password, which a proxy cannot use: its challenge goes to the caller");
      }
    }
  }

  private boolean silent(String name) {
    Trunk trunk = trunks.get(name);
    return trunk != null
        && trunk.from().isEmpty()
        && trunk.account() == null
        && trunk.care().registration() == null
        && trunk.rights().login() == null
        && trunk.rights().certificates().isEmpty();
  }
}
