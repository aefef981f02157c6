package org.drawbridge.routing.rule;

/**
 * What routing needs to know of a request.
 *
 * @param source who sent it, proven
 * @param method the SIP method, upper case
 * @param caller the From URI
 * @param callee the Request-URI, its host replaced by our first domain where it is an address of
 *     our own
 */
public record RouteQuery(CallSource source, String method, Party caller, Party callee) {}
