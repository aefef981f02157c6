package org.drawbridge.routeservice;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuestion;
import org.drawbridge.routing.rule.RouteVerdict;

/** Asks services outside where calls go. Thread-safe. */
@FunctionalInterface
public interface RouteServices {

  /** Asks nobody: each question is decided as if its service did not answer. */
  RouteServices NONE = (question, _, _, result) -> result.accept(without(question));

  /**
   * Asks; returns at once.
   *
   * @param callId the Call-ID of the request
   * @param on where the result is told
   * @param result told once, what the service has decided or what holds without it
   */
  void ask(RouteQuestion question, String callId, Executor on, Consumer<RouteDecision> result);

  /** What holds where no service can be asked. */
  private static RouteDecision without(RouteQuestion question) {
    RouteVerdict verdict = question;
    while (verdict instanceof RouteQuestion open) {
      verdict = open.fallback();
    }
    return (RouteDecision) verdict;
  }
}
