package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;

/**
 * What an offer can be answered with.
 *
 * @param codecs shared codecs, the preferred first
 * @param direction seen from us
 * @param packetization how much media a packet should hold
 */
record AnswerTerms(List<AgreedCodec> codecs, Direction direction, Packetization packetization) {

  /** What the offer has in common with what the other leg's peer settled. */
  static AnswerTerms with(PeerAudio offer, Negotiated other) {
    PeerAudio source = other.peer().audio();
    return new AnswerTerms(
        CodecAgreement.answer(offer.codecs(), other.codecs()),
        offer.direction().reversed().and(other.flow()),
        source == null ? Packetization.UNSAID : source.packetization());
  }

  /** What we take of the offer when we serve the call ourselves. */
  static AnswerTerms alone(PeerAudio offer, List<Codec> served) {
    return new AnswerTerms(
        CodecAgreement.ourselves(served), offer.direction().reversed(), Packetization.UNSAID);
  }

  /** Whether an earlier answer to the same offer is still true under these terms. */
  boolean allow(PeerAudio offer, Negotiated given) {
    return CodecAgreement.covers(codecs, given.codecs())
        && direction.reversed().and(offer.direction()) == given.flow();
  }

  /** Whether media itself is shared, not only events or noise beside it. */
  boolean carryMedia() {
    return CodecAgreement.carriesMedia(codecs);
  }
}
