package org.drawbridge.routing.trunk;

import java.util.List;
import org.drawbridge.routing.change.HeaderRule;

/**
 * What a trunk can do, and what not.
 *
 * @param codecs the only codecs it is offered, best first; none for all of ours
 * @param sessionTimers whether it is asked for session timers (RFC 4028)
 * @param dtmf how keys pressed in a call travel
 * @param serviceUrns whether it is called by the URN of a service (RFC 5031), and not by numbers
 *     only
 * @param symmetricRtp whether it receives media where it sends it from (RFC 4961), rather than
 *     where its SDP says
 * @param headers what is changed of requests to it, after what a route changes
 */
public record TrunkProfile(
    List<String> codecs,
    boolean sessionTimers,
    TrunkDtmf dtmf,
    boolean serviceUrns,
    boolean symmetricRtp,
    List<HeaderRule> headers) {

  /** Everything. */
  public static final TrunkProfile STANDARD =
      new TrunkProfile(List.of(), true, TrunkDtmf.AUTO, false, true, List.of());

  public TrunkProfile {
    codecs = List.copyOf(codecs);
    headers = List.copyOf(headers);
  }

  /** The codecs that it and a route allow, in the order of the route if that has one. */
  public List<String> codecs(List<String> ofRoute) {
    return codecs.isEmpty() || ofRoute.isEmpty()
        ? ofRoute.isEmpty() ? codecs : ofRoute
        : ofRoute.stream().filter(codecs::contains).toList();
  }
}
