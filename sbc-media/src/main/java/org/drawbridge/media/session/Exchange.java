package org.drawbridge.media.session;

import java.util.List;
import java.util.Map;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;
import org.jspecify.annotations.Nullable;

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
   * @param audio the audio in it
   * @param video the video in it, null without
   */
  record OurOffer(List<MediaSlot> slots, OurMedia audio, @Nullable OurMedia video) {}

  /**
   * Audio or video in an offer of ours.
   *
   * @param index its slot
   * @param codecs what it offers, under our payload types
   * @param extensions ids of header extensions by URI
   * @param direction seen from us
   */
  record OurMedia(
      int index, List<Codec> codecs, Map<String, Integer> extensions, Direction direction) {}

  /** Whether an offer is open, from either side. */
  default boolean isPending() {
    return this instanceof OfferReceived || this instanceof OfferSent;
  }
}
