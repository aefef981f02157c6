package org.drawbridge.media.session;

import java.util.List;
import java.util.Map;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/**
 * What an offer of audio or video can be answered with.
 *
 * @param codecs shared codecs, the preferred first
 * @param extensions ids of header extensions by URI
 * @param direction seen from us
 * @param packetization how much media a packet should hold
 */
record AnswerTerms(
    List<AgreedCodec> codecs,
    Map<String, Integer> extensions,
    Direction direction,
    Packetization packetization) {

  /** What the offer has in common with what the other leg's peer settled. */
  static AnswerTerms with(PeerMedia offer, Negotiated other) {
    return new AnswerTerms(
        CodecAgreement.answer(offer.codecs(), other.codecs()),
        Extensions.answered(offer.marks().extensions(), other.extensions()),
        offer.direction().reversed().and(other.flow()),
        other.packetization());
  }

  /** What we take of the offer when we serve the call ourselves. */
  static AnswerTerms alone(PeerMedia offer, List<Codec> served) {
    return new AnswerTerms(
        CodecAgreement.ourselves(served),
        Map.of(),
        offer.direction().reversed(),
        Packetization.UNSAID);
  }

  /** The same with other codecs. */
  AnswerTerms withCodecs(List<AgreedCodec> others) {
    return new AnswerTerms(others, extensions, direction, packetization);
  }

  /** The same, with nothing flowing. */
  AnswerTerms paused() {
    return new AnswerTerms(codecs, extensions, Direction.INACTIVE, packetization);
  }

  /** The same without header extensions. */
  AnswerTerms withoutExtensions() {
    return new AnswerTerms(codecs, Map.of(), direction, packetization);
  }

  /** Whether an earlier answer to the same offer is still true under these terms. */
  boolean allow(PeerMedia offer, Negotiated given) {
    return CodecAgreement.covers(codecs, given.codecs())
        && direction.reversed().and(offer.direction()) == given.flow();
  }

  /** Whether media itself is shared, not only events or noise beside it. */
  boolean carryMedia() {
    return CodecAgreement.carriesMedia(codecs);
  }
}
