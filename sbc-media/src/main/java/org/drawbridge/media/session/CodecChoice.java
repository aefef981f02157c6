package org.drawbridge.media.session;

import java.util.List;
import java.util.Set;
import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.LegKind;
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
  private final PayloadNumbers numbers = new PayloadNumbers();
  private final Extensions extensions = new Extensions();
  private CodecLimit limit = CodecLimit.NONE;
  private KeyTerms keys;

  CodecChoice(LegKind kind, CodecPolicy policy) {
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
    return keys.offered(limit.of(policy.toward(kind, onward.from(), onward.codecs())));
  }

  /** Another leg's audio as it is offered here. */
  Onward audio(Onward onward) {
    List<Codec> allowed = allowedAudio(onward);
    return onward.withCodecs(numbers.number(allowed.isEmpty() ? onward.codecs() : allowed));
  }

  /** Another leg's video as it is offered here, null when nothing of it can be. */
  @Nullable Onward video(Onward onward) {
    List<Codec> passed = VideoPolicy.toward(kind, onward.from(), onward.codecs());
    List<Codec> codecs = numbers.number(limited(passed));
    return codecs.isEmpty() ? null : onward.withCodecs(codecs);
  }
}
