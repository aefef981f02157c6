package org.drawbridge.routing.rule;

import org.drawbridge.routing.config.RouteConfig.Target;

/**
 * A request whose route a service outside decides. Used by one thread after the other: whoever asks
 * the service has it until the answer is there.
 */
public final class RouteQuestion implements RouteVerdict {

  private final RouteTable table;
  private final int index;
  private final Asked asked;
  private final Target.Http service;

  RouteQuestion(RouteTable table, int index, Asked asked, Target.Http service) {
    this.table = table;
    this.index = index;
    this.asked = asked;
    this.service = service;
  }

  /** What an answer means. */
  public sealed interface Reading {

    /** It decides. */
    record Decided(RouteDecision decision) implements Reading {}

    /** It is of no use. */
    record Wrong(String why) implements Reading {}
  }

  /** The name of the route that asks. */
  public String route() {
    return table.nameOf(index);
  }

  int index() {
    return index;
  }

  /** Whom to ask, for how long and of what. */
  public Target.Http service() {
    return service;
  }

  /** The request. */
  public RouteQuery query() {
    return asked.query();
  }

  /**
   * Reads an answer by the rules of the route that asks: it reaches no target that a sender of this
   * request could not reach by that route.
   */
  public Reading read(String json) {
    return table.answered(index, asked, json);
  }

  /** What holds where there is no usable answer; it may be another question. */
  public RouteVerdict fallback() {
    return table.fallback(index, asked);
  }
}
