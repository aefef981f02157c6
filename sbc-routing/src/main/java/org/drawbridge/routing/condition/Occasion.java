package org.drawbridge.routing.condition;

import java.time.Instant;

/** A request at the moment it is routed. Used by the thread that routes it. */
public interface Occasion {

  /** The user part of the From URI. */
  String callerNumber();

  /** The user part of the Request-URI, or the URN of a service. */
  String calleeNumber();

  /** What the request itself shows. */
  RequestFacts facts();

  /** When it is routed: the same answer for all routes. */
  Instant time();
}
