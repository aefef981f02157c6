package org.drawbridge.routing.config.reader;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.change.ChangeRules;
import org.drawbridge.routing.change.HeaderRule;
import org.drawbridge.routing.change.Privacy;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.CallMode;
import org.drawbridge.routing.config.MediaPath;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RouteConfig.Action;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.RoutingConfig;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Problems;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.YamlDocument;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a route service answers: JSON, which is YAML too, so the keys of a route are read here
 * by the same readers as in the configuration file, and as strictly.
 */
public final class AnswerReader {

  private static final String NAME = "answer";

  private final RouteConfig asking;
  private final RoutingConfig routing;

  private AnswerReader(RouteConfig asking, RoutingConfig routing) {
    this.asking = asking;
    this.routing = routing;
  }

  /** What came of reading. */
  public sealed interface Result {

    /** A route that takes the place of the one that asked. */
    record Read(RouteConfig route) implements Result {}

    /** Something is wrong with the answer. */
    record Wrong(List<ConfigProblem> problems) implements Result {}
  }

  /**
   * Reads an answer; any thread.
   *
   * @param asking the route whose service has answered
   * @param routing the trunks and groups that an answer may name
   */
  public static Result read(String json, RouteConfig asking, RoutingConfig routing) {
    Problems problems = new Problems(NAME);
    if (!json.stripLeading().startsWith("{")) {
      problems.error("is not a JSON object");
      return new Result.Wrong(problems.errors());
    }
    YamlValue root = YamlDocument.parse(json, problems, _ -> null);
    SectionReader<RouteConfig> reader = new AnswerReader(asking, routing)::route;
    RouteConfig route = root == null ? null : reader.readClosed(root);
    return route == null || !problems.none()
        ? new Result.Wrong(problems.errors())
        : new Result.Read(route);
  }

  private @Nullable RouteConfig route(Section section) {
    SetReader.Changes changes =
        section.section("set", new SetReader(asking.when())::read, SetReader.NONE);
    Action action = action(section);
    return action == null
        ? null
        : new RouteConfig(
            asking.name(),
            asking.when(),
            changes.caller() == null ? asking.caller() : changes.caller(),
            changes.callee() == null ? asking.callee() : changes.callee(),
            both(asking.changes(), changes.requests()),
            action);
  }

  private static ChangeRules both(ChangeRules route, ChangeRules answer) {
    List<HeaderRule> headers = new ArrayList<>(route.headers());
    headers.addAll(answer.headers());
    Privacy privacy = answer.privacy() == Privacy.CALLER ? route.privacy() : answer.privacy();
    return new ChangeRules(headers, privacy);
  }

  private @Nullable Action action(Section section) {
    TargetReader reader =
        new TargetReader(routing.trunks().keySet(), routing.groups().keySet(), _ -> {});
    List<Target> targets = section.list("to", reader::read, List.of());
    SectionReader<Action> rejectReader = RouteReader::reject;
    Action reject = section.optional("reject", rejectReader::readClosed);
    if (section.has("to") == section.has("reject")) {
      return section.place().problem("either \"to\" or \"reject\" is needed");
    }
    if (section.has("reject")) {
      return reject;
    }
    YamlValue to = section.find("to");
    if (to != null && to.list().isEmpty()) {
      return to.problem("at least one target is needed");
    }
    if (to != null) {
      ServiceTargetReader.check(to, targets);
    }
    if (targets.stream().anyMatch(Target.Http.class::isInstance)) {
      return section.place().problem("a service cannot name another one");
    }
    if (!(asking.action() instanceof Action.Deliver deliver)) {
      return null;
    }
    boolean served = targets.stream().anyMatch(Target.Service.class::isInstance);
    CallHandling handling = deliver.handling();
    if (served && (handling.mode() == CallMode.PROXY || handling.media() == MediaPath.DIRECT)) {
      return section
          .place()
          .problem("a service of ours needs \"mode: b2bua\" and \"media: relay\"");
    }
    return new Action.Deliver(
        targets,
        RouteReader.patience(section, deliver.patience()),
        section.optional("on-failure", FailureReader::read, deliver.onFailure()),
        handling);
  }
}
