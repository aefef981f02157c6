package org.drawbridge.media.relay;

import java.util.Map;

/**
 * How keys get from one peer to another where they cannot pass as they come.
 *
 * @param events clock rates in Hz of the telephone-events to be converted, by incoming payload type
 * @param to how the other peer takes them
 */
public record KeyRoute(Map<Integer, Integer> events, KeyForm to) {

  /** With a copy of the table. */
  public KeyRoute {
    events = Map.copyOf(events);
  }
}
