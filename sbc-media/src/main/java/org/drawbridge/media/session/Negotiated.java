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
 * @param ours the direction we stated last
 * @param flow which way media flows, seen from the peer
 * @param wish which way the peer would have it, were it not for what we offered
 */
record Negotiated(
    PeerDescription peer,
    List<MediaSlot> slots,
    List<AgreedCodec> codecs,
    Direction ours,
    Direction flow,
    Direction wish) {

  /** After a peer's offer, answered by us with these. */
  static Negotiated byAnswering(
      PeerDescription offer,
      List<AgreedCodec> codecs,
      Direction ours,
      @Nullable Negotiated before) {
    Direction told = before == null ? Direction.SENDRECV : before.ours;
    return of(offer, offer.slots(), codecs, ours, wish(offer, told, before));
  }

  /** After a peer's answer to an offer of ours. */
  static Negotiated byOffering(
      Exchange.OurOffer offer,
      PeerDescription answer,
      List<AgreedCodec> codecs,
      @Nullable Negotiated before) {
    Direction told = offer.direction();
    return of(answer, offer.slots(), codecs, told, wish(answer, told, before));
  }

  private static Negotiated of(
      PeerDescription peer,
      List<MediaSlot> slots,
      List<AgreedCodec> codecs,
      Direction ours,
      Direction wish) {
    Direction flow = direction(peer).and(ours.reversed());
    return new Negotiated(peer, slots, codecs, ours, flow, wish);
  }

  private static Direction direction(PeerDescription peer) {
    PeerAudio audio = peer.audio();
    return audio == null ? Direction.INACTIVE : audio.direction();
  }

  /**
   * A peer's word counts only where we had left it the choice; else its wish is what it was before.
   * One that was put on hold answers, and repeats, that it only receives, yet still wants to talk.
   */
  private static Direction wish(PeerDescription peer, Direction told, @Nullable Negotiated before) {
    Direction theirs = direction(peer);
    Direction earlier = before == null ? Direction.SENDRECV : before.wish;
    return Direction.of(
        theirs.sends() || (!told.receives() && earlier.sends()),
        theirs.receives() || (!told.sends() && earlier.receives()));
  }
}
