package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.jspecify.annotations.Nullable;

/** Names codecs for people. */
final class CodecNames {

  private CodecNames() {}

  /** The codecs of media itself, as their {@code a=rtpmap} has them. */
  static String of(List<Codec> codecs) {
    return codecs.stream().filter(Codec::isPrimary).map(Codec::rtpmap).toList().toString();
  }

  /** Why an offer to a leg cannot be answered with what another, or a service of ours, takes. */
  static String nothingShared(String leg, PeerMedia offer, @Nullable DefaultMediaLeg source) {
    String other =
        source == null
            ? "nothing we serve"
            : source.label()
                + " takes "
                + of(source.settled().codecs().stream().map(AgreedCodec::theirs).toList());
    return "no shared codec: " + leg + " offers " + of(offer.codecs()) + ", " + other;
  }
}
