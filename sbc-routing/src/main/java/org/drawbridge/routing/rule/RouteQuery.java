package org.drawbridge.routing.rule;

import org.drawbridge.routing.condition.RequestFacts;

/**
 * What routing needs to know of a request.
 *
 * @param source who sent it, proven
 * @param method the SIP method, upper case
 * @param caller the From URI
 * @param callee the Request-URI, its host replaced by our first domain where it is an address of
 *     our own, or has none
 * @param facts what the request itself shows
 */
public record RouteQuery(
    CallSource source, String method, Party caller, Party callee, RequestFacts facts) {

  /** A request of which no more is known. */
  public RouteQuery(CallSource source, String method, Party caller, Party callee) {
    this(source, method, caller, callee, RequestFacts.UNKNOWN);
  }
}
