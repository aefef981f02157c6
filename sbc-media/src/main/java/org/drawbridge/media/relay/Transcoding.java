package org.drawbridge.media.relay;

import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;

/**
 * How packets get to a peer that has not agreed to their codec. Immutable.
 *
 * @param from codecs by the payload types they come with
 * @param to the codec they leave in
 * @param payloadType the one they leave with
 * @param seat asked for when the first of them comes
 */
public record Transcoding(
    Map<Integer, AudioCodec> from, AudioCodec to, int payloadType, TranscodingLimit.Seat seat) {

  /** With a copy of the map. */
  public Transcoding {
    from = Map.copyOf(from);
  }
}
