package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Direction;
import org.jspecify.annotations.Nullable;

/**
 * What a completed exchange settled.
 *
 * @param peer what the peer said last, as offer or answer
 * @param slots the {@code m=} lines of the session
 * @param codecs shared codecs, the preferred first
 * @param flow which way media flows, seen from the peer
 * @param wish which way the peer would have it, were it not for what we offered
 */
record Negotiated(
    PeerDescription peer,
    List<MediaSlot> slots,
    List<AgreedCodec> codecs,
    Direction flow,
    Direction wish) {

  /** After a peer's offer, answered by us with these. */
  static Negotiated byAnswering(PeerDescription offer, List<AgreedCodec> codecs, Direction ours) {
    PeerAudio audio = offer.audio();
    Direction theirs = audio == null ? Direction.INACTIVE : audio.direction();
    return new Negotiated(offer, offer.slots(), codecs, theirs.and(ours.reversed()), theirs);
  }

  /**
   * After a peer's answer. Where our offer left it no choice, its wish is what it was before: a
   * peer that was put on hold still wants to talk.
   */
  static Negotiated byOffering(
      Exchange.OurOffer offer,
      PeerDescription answer,
      List<AgreedCodec> codecs,
      @Nullable Negotiated before) {
    PeerAudio audio = answer.audio();
    Direction theirs = audio == null ? Direction.INACTIVE : audio.direction();
    Direction ours = offer.direction();
    Direction earlier = before == null ? Direction.SENDRECV : before.wish;
    Direction wish =
        Direction.of(
            ours.receives() ? theirs.sends() : earlier.sends(),
            ours.sends() ? theirs.receives() : earlier.receives());
    return new Negotiated(answer, offer.slots(), codecs, theirs.and(ours.reversed()), wish);
  }
}
