package org.drawbridge.media.session;

import java.util.List;
import java.util.Map;
import org.drawbridge.media.sdp.Direction;
import org.jspecify.annotations.Nullable;

/**
 * What a completed exchange settled of one stream.
 *
 * @param peer what the peer said of it last, as offer or answer; null while it has turned it off
 * @param codecs shared codecs, the preferred first
 * @param extensions ids of shared header extensions by URI
 * @param ours the direction we stated last
 * @param flow which way media flows, seen from the peer
 * @param wish which way the peer would have it, were it not for what we offered
 */
record Negotiated(
    @Nullable PeerMedia peer,
    List<AgreedCodec> codecs,
    Map<String, Integer> extensions,
    Direction ours,
    Direction flow,
    Direction wish) {

  /** How much media the peer wants in a packet. */
  Packetization packetization() {
    return peer == null ? Packetization.UNSAID : peer.packetization();
  }

  /** After a peer's offer, answered by us with these. */
  static Negotiated byAnswering(PeerMedia offer, AnswerTerms terms, @Nullable Negotiated before) {
    Direction told = before == null ? Direction.SENDRECV : before.ours;
    return new Negotiated(
        offer,
        terms.codecs(),
        terms.extensions(),
        terms.direction(),
        offer.direction().and(terms.direction().reversed()),
        wish(offer.direction(), told, before));
  }

  /** After a peer's answer to an offer of ours. */
  static Negotiated byOffering(
      Exchange.OurMedia offer,
      PeerMedia answer,
      List<AgreedCodec> codecs,
      @Nullable Negotiated before) {
    Direction told = offer.direction();
    return new Negotiated(
        answer,
        codecs,
        Extensions.shared(offer.extensions(), answer.marks().extensions()),
        told,
        answer.direction().and(told.reversed()),
        wish(answer.direction(), told, before));
  }

  /** After an offer or answer in which the peer has turned it off; it may come back as it was. */
  Negotiated turnedOff(Direction told) {
    Direction off = Direction.INACTIVE;
    return new Negotiated(null, codecs, extensions, off, off, wish(off, told, this));
  }

  /**
   * A peer's word counts only where we had left it the choice; else its wish is what it was before.
   * One that was put on hold answers, and repeats, that it only receives, yet still wants to talk.
   */
  private static Direction wish(Direction theirs, Direction told, @Nullable Negotiated before) {
    Direction earlier = before == null ? Direction.SENDRECV : before.wish;
    return Direction.of(
        theirs.sends() || (!told.receives() && earlier.sends()),
        theirs.receives() || (!told.sends() && earlier.receives()));
  }
}
