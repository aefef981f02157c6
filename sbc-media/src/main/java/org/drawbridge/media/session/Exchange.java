package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/** Where a leg stands in offer and answer (RFC 3264, RFC 6337). */
sealed interface Exchange {

  /** Nothing has been exchanged. */
  record None() implements Exchange {}

  /** The peer has offered and waits for our answer. */
  record OfferReceived(PeerDescription offer, Exchange before) implements Exchange {}

  /** We have answered; until the next exchange we may have to answer the same offer again. */
  record Answered(PeerDescription offer) implements Exchange {}

  /** We have offered and wait for the answer. */
  record OfferSent(OurOffer offer, Exchange before) implements Exchange {}

  /** The peer has answered; a later response or another fork may answer the same offer again. */
  record AnswerReceived(OurOffer offer) implements Exchange {}

  /**
   * An offer of ours.
   *
   * @param slots its {@code m=} lines
   * @param index the slot of the audio
   * @param codecs what it offers, under our payload types
   * @param direction seen from us
   */
  record OurOffer(List<MediaSlot> slots, int index, List<Codec> codecs, Direction direction) {}

  /** Whether an offer is open, from either side. */
  default boolean isPending() {
    return this instanceof OfferReceived || this instanceof OfferSent;
  }
}
