package org.drawbridge.app.running;

import java.util.List;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.SignallingLoop;
import org.drawbridge.routeservice.HttpRouteServices;
import org.drawbridge.ua.Doors;
import org.drawbridge.ua.UserAgentCore;

/**
 * What signals. Thread-safe but for the cores, each of which belongs to the loop of its index.
 *
 * @param services whom they ask for routes
 * @param meters what counts their calls against limits
 * @param doors whom all let in
 */
record Signalling(
    List<SignallingLoop> loops,
    List<UserAgentCore> cores,
    HttpRouteServices services,
    Meters meters,
    Doors doors) {

  /** Joins cores with what they share; to be called before the first request. */
  static Signalling join(
      List<SignallingLoop> loops,
      List<UserAgentCore> cores,
      HttpRouteServices services,
      Meters meters) {
    Doors doors = new Doors();
    for (UserAgentCore core : cores) {
      core.askBy(services);
      core.guard(doors);
    }
    return new Signalling(loops, cores, services, meters, doors);
  }

  /** How many calls of ours are up. May be a moment old. */
  int calls() {
    return cores.stream().mapToInt(core -> core.calls().size()).sum();
  }

  /** How many calls of others pass through, with their media or without. May be a moment old. */
  int passedOn() {
    return cores.stream().mapToInt(core -> core.proxy().counted()).sum();
  }
}
