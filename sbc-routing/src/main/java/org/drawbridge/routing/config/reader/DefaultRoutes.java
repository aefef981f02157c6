package org.drawbridge.routing.config.reader;

import java.util.List;
import org.drawbridge.routing.change.ChangeRules;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.Patience;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RouteConfig.Action;
import org.drawbridge.routing.config.RouteConfig.Domain;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.RouteConfig.When;
import org.drawbridge.routing.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/** The routes of a file that has none: the echo service, and accounts call one another. */
final class DefaultRoutes {

  static final List<RouteConfig> ALL =
      List.of(
          route("echo", TextPattern.literal("echo"), new Target.Service("echo", null)),
          route("inside", null, new Target.Registrar()));

  private DefaultRoutes() {}

  private static RouteConfig route(String name, @Nullable TextPattern callee, Target target) {
    When when = new When(null, null, null, callee, null, new Domain.Local(), List.of());
    Action action =
        new Action.Deliver(
            List.of(target), Patience.USUAL, FailureReader.NEXT, CallHandling.STANDARD);
    return new RouteConfig(name, when, null, null, ChangeRules.NONE, action);
  }
}
