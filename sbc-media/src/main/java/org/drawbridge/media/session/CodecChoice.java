package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;
import org.jspecify.annotations.Nullable;

/**
 * What one leg may be offered, under the payload types and extension ids it has. All its media
 * share them, so that a bundle tells its packets apart by payload type too.
 */
final class CodecChoice {

  private final LegKind kind;
  private final CodecPolicy policy;
  private final TranscodingLimit.Seat seat;
  private final PayloadNumbers numbers = new PayloadNumbers();
  private final Extensions extensions = new Extensions();
  private CodecLimit limit = CodecLimit.NONE;
  private KeyTerms keys;

  CodecChoice(LegKind kind, CodecPolicy policy, TranscodingLimit.Seat seat) {
    this.seat = seat;
    this.kind = kind;
    this.policy = policy;
    keys = new KeyTerms(Dtmf.AUTO, kind);
  }

  void limit(CodecLimit codecs) {
    limit = codecs;
  }

  void keys(KeyTerms terms) {
    keys = terms;
  }

  /** How keys travel on this leg. */
  KeyTerms keys() {
    return keys;
  }

  Extensions extensions() {
    return extensions;
  }

  /** Takes over what a peer's offer binds. */
  void learn(PeerDescription offer) {
    for (MediaType type : MediaType.values()) {
      PeerMedia media = offer.media(type);
      if (media != null) {
        numbers.learn(media.codecs());
        extensions.learn(media.marks().extensions());
      }
    }
  }

  /** The limited codecs, or all where none would be left. */
  List<Codec> limited(List<Codec> codecs) {
    List<Codec> allowed = limit.of(codecs);
    return allowed.isEmpty() ? codecs : allowed;
  }

  /** All audio that a peer of a kind may use, while it has said nothing. */
  Onward everything(LegKind from) {
    return new Onward(
        from, policy.everything(from), Set.of(), Direction.SENDRECV, Packetization.UNSAID);
  }

  /** What we serve ourselves of an offer. */
  List<Codec> served(List<Codec> codecs) {
    return policy.served(kind, codecs);
  }

  /** Whether anything of another leg's audio may be offered here. */
  boolean offersAudio(Onward onward) {
    return !allowedAudio(onward).isEmpty();
  }

  private List<Codec> allowedAudio(Onward onward) {
    List<Codec> passed = policy.toward(kind, onward.from(), onward.codecs());
    List<Codec> allowed = new ArrayList<>(limit.of(passed));
    // Last, so that a peer which goes by our order takes what the other side has.
    allowed.addAll(limit.of(policy.ours(kind, onward.codecs())));
    return keys.offered(allowed);
  }

  /** What an offer is answered with, given what the other leg has settled. */
  AnswerTerms answered(PeerMedia offer, Negotiated other) {
    AnswerTerms terms = AnswerTerms.with(offer, other);
    boolean needed = !terms.carryMedia() && seat.isOffered() && CodecAgreement.decodes(other);
    List<Codec> mine = needed ? CodecAgreement.decodable(limited(offer.codecs())) : List.of();
    if (!mine.isEmpty() && seat.take()) {
      terms = terms.withCodecs(CodecAgreement.ourselves(mine.subList(0, 1)));
    }
    return keys.answered(offer, terms);
  }

  /** Why an offer cannot be answered. */
  String refusal(String leg, PeerMedia offer, @Nullable DefaultMediaLeg source) {
    String why = CodecNames.nothingShared(leg, offer, source);
    return seat.isDenied() ? why + ", and no more calls may be transcoded now" : why;
  }

  /** Another leg's audio as it is offered here. */
  Onward audio(Onward onward) {
    List<Codec> allowed = allowedAudio(onward);
    List<Codec> offered = allowed.isEmpty() ? onward.codecs() : allowed;
    return onward.withCodecs(numbers.number(kind.isPhone() ? withUsualEvents(offered) : offered));
  }

  /**
   * Events of 8000 Hz under the payload type that nearly every phone and PBX gives them. A PBX that
   * leaves the audio to both its sides tells each of them its own types, so that events under
   * another are unknown to the one and lost.
   */
  private static List<Codec> withUsualEvents(List<Codec> codecs) {
    Codec usual = CodecCatalog.phoneEvents();
    List<Codec> offered = new ArrayList<>();
    for (Codec codec : codecs) {
      boolean isUsual = codec.format().equals(usual.format());
      if (!isUsual && codec.payloadType() == usual.payloadType()) {
        return codecs;
      }
      offered.add(isUsual ? codec.withPayloadType(usual.payloadType()) : codec);
    }
    return offered;
  }

  /** Another leg's video as it is offered here, null when nothing of it can be. */
  @Nullable Onward video(Onward onward) {
    List<Codec> passed = VideoPolicy.toward(kind, onward.from(), onward.codecs());
    List<Codec> codecs = FeedbackPolicy.offered(numbers.number(limited(passed)), kind);
    return codecs.isEmpty() ? null : onward.withCodecs(codecs);
  }
}
