package org.drawbridge.media.plane;

import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;

/**
 * How keys get from one peer to another where they cannot pass as they come.
 *
 * @param events clock rates in Hz of the telephone-events to be converted, by incoming payload type
 * @param tones codecs whose audio is listened to for tone pairs, by incoming payload type
 * @param to how the other peer takes them
 */
public record KeyRoute(Map<Integer, Integer> events, Map<Integer, AudioCodec> tones, KeyForm to) {

  /** With copies of the tables. */
  public KeyRoute {
    events = Map.copyOf(events);
    tones = Map.copyOf(tones);
  }

  /** Whether there is anything to look for. */
  public boolean converts() {
    return !events.isEmpty() || !tones.isEmpty();
  }
}
