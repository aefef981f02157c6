package org.drawbridge.media.session;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/**
 * What a peer says of its audio or video.
 *
 * @param bundled whether its mid is in a BUNDLE group
 * @param codecs in its order of preference
 * @param direction as the peer means it: an old-style hold by 0.0.0.0 receives nothing
 * @param packetization how much media a packet should hold
 * @param transport where and how it takes media
 * @param marks what its packets carry besides media
 */
record PeerMedia(
    boolean bundled,
    List<Codec> codecs,
    Direction direction,
    Packetization packetization,
    PeerTransport transport,
    Marks marks) {

  /**
   * Marks of packets.
   *
   * @param extensions ids of header extensions by URI (RFC 8285)
   * @param sources SSRCs the peer names (RFC 5576)
   */
  record Marks(Map<String, Integer> extensions, List<Integer> sources) {}

  /** Whether media itself is among the codecs, not only events or noise. */
  boolean hasMedia() {
    return codecs.stream().anyMatch(Codec::isPrimary);
  }

  /**
   * Whether both mean the same media, wherever it goes: the same codecs, those agreed on in the
   * same order of preference. Browsers move the agreed ones to the front when they offer again.
   */
  boolean sameMedia(PeerMedia other, List<AgreedCodec> agreed) {
    return Set.copyOf(plain()).equals(Set.copyOf(other.plain()))
        && preference(agreed).equals(other.preference(agreed))
        && direction == other.direction
        && packetization.equals(other.packetization);
  }

  private List<Codec> plain() {
    return codecs.stream().map(codec -> codec.withFeedback(List.of())).toList();
  }

  private List<String> preference(List<AgreedCodec> agreed) {
    Set<String> formats = agreed.stream().map(AgreedCodec::format).collect(Collectors.toSet());
    return codecs.stream().map(Codec::format).filter(formats::contains).toList();
  }
}
