package org.drawbridge.routing.trunk;

import java.util.List;

/**
 * What a trunk can do, and what not.
 *
 * @param codecs the only codecs it is offered, best first; none for all of ours
 * @param sessionTimers whether it is asked for session timers (RFC 4028)
 * @param dtmf how keys pressed in a call travel
 */
public record TrunkProfile(List<String> codecs, boolean sessionTimers, TrunkDtmf dtmf) {

  /** Everything. */
  public static final TrunkProfile STANDARD = new TrunkProfile(List.of(), true, TrunkDtmf.AUTO);

  public TrunkProfile {
    codecs = List.copyOf(codecs);
  }

  /** The codecs that it and a route allow, in the order of the route if that has one. */
  public List<String> codecs(List<String> ofRoute) {
    return codecs.isEmpty() || ofRoute.isEmpty()
        ? ofRoute.isEmpty() ? codecs : ofRoute
        : ofRoute.stream().filter(codecs::contains).toList();
  }
}
