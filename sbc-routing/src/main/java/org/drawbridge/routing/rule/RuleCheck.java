package org.drawbridge.routing.rule;

/**
 * Why one route did or did not take a request: a line of {@code explain}.
 *
 * @param route the route's name
 * @param matched whether it decided
 * @param why the first condition that failed, or what the route does
 */
public record RuleCheck(String route, boolean matched, String why) {}
