package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/**
 * What a peer says of its audio.
 *
 * @param bundled whether its mid is in a BUNDLE group
 * @param codecs in its order of preference
 * @param direction as the peer means it: an old-style hold by 0.0.0.0 receives nothing
 * @param packetization how much media a packet should hold
 * @param transport where and how it takes media
 */
record PeerAudio(
    boolean bundled,
    List<Codec> codecs,
    Direction direction,
    Packetization packetization,
    PeerTransport transport) {

  /** Whether media itself is among the codecs, not only events or noise. */
  boolean hasMedia() {
    return codecs.stream().anyMatch(Codec::isPrimary);
  }

  /** Whether both mean the same media, wherever it goes and however it is reported on. */
  boolean sameMedia(PeerAudio other) {
    return withoutFeedback().equals(other.withoutFeedback())
        && direction == other.direction
        && packetization.equals(other.packetization);
  }

  private List<Codec> withoutFeedback() {
    return codecs.stream().map(codec -> codec.withFeedback(List.of())).toList();
  }
}
