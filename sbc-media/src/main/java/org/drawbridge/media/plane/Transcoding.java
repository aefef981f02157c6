package org.drawbridge.media.plane;

import java.util.Map;
import java.util.Set;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.OpusTerms;

/**
 * How packets get to a peer that has not agreed to their codec. Immutable.
 *
 * @param from codecs by the payload types they come with
 * @param beside payload types they come with that pass as they are and are no audio: keys, noise
 * @param to the codec they leave in
 * @param payloadType the one they leave with
 * @param millis how much audio each of those holds
 * @param opus what the peer says of Opus, where that is the codec
 * @param seat asked for when the first of them comes
 */
public record Transcoding(
    Map<Integer, AudioCodec> from,
    Set<Integer> beside,
    AudioCodec to,
    int payloadType,
    int millis,
    OpusTerms opus,
    TranscodingLimit.Seat seat) {

  /** With copies of the collections. */
  public Transcoding {
    from = Map.copyOf(from);
    beside = Set.copyOf(beside);
  }
}
