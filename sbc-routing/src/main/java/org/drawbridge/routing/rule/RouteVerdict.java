package org.drawbridge.routing.rule;

/** What routing says of a request: a decision, or that somebody else has to be asked for it. */
public sealed interface RouteVerdict permits RouteDecision, RouteQuestion {}
