package org.drawbridge.media.session;

import java.util.List;
import java.util.Set;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/**
 * What one leg's peer has to be told of the other's audio or video.
 *
 * @param from how the other carries media
 * @param codecs in its order
 * @param extensions URIs of the header extensions it knows
 * @param direction as it wishes
 * @param packetization how much media a packet should hold
 */
record Onward(
    LegKind from,
    List<Codec> codecs,
    Set<String> extensions,
    Direction direction,
    Packetization packetization) {

  /** What an offer holds, with those of its codecs that may be had. */
  static Onward of(LegKind from, PeerMedia offered, List<Codec> codecs) {
    return new Onward(
        from,
        codecs,
        offered.marks().extensions().keySet(),
        offered.direction(),
        offered.packetization());
  }

  /** The same with other codecs. */
  Onward withCodecs(List<Codec> others) {
    return new Onward(from, others, extensions, direction, packetization);
  }
}
