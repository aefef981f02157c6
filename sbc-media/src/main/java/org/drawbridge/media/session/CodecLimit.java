package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.sdp.Codec;

/**
 * The codecs that a leg may use, best first.
 *
 * @param names encoding names; none for all codecs
 */
record CodecLimit(List<String> names) {

  /** Everything is allowed. */
  static final CodecLimit NONE = new CodecLimit(List.of());

  CodecLimit {
    names = List.copyOf(names);
  }

  /** What of some codecs is allowed, in our order; empty if none is. */
  List<Codec> of(List<Codec> codecs) {
    if (names.isEmpty()) {
      return codecs;
    }
    List<Codec> kept = new ArrayList<>();
    for (String name : names) {
      codecs.stream().filter(codec -> codec.isPrimary() && codec.is(name)).forEach(kept::add);
    }
    return kept.isEmpty() ? List.of() : CodecPolicy.withCompanions(kept, codecs);
  }
}
