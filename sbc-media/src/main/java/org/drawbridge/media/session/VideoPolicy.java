package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.Codec;

/**
 * Which formats of a peer's video are offered to a leg. Among browsers all video passes. Phones get
 * a few of each name, for their descriptions travel in datagrams and a browser lists dozens, and no
 * retransmission format.
 */
final class VideoPolicy {

  private static final int OF_A_NAME = 4;

  /** In lower case; what no video codec is called might say something of who uses it. */
  private static final Set<String> NAMES =
      Set.of("vp8", "vp9", "h264", "av1", "h265", "h263", "h263-1998", "h263-2000", "h261", "jpeg");

  private VideoPolicy() {}

  static List<Codec> toward(LegKind kind, LegKind from, List<Codec> codecs) {
    List<Codec> primary = codecs.stream().filter(VideoPolicy::isKnown).toList();
    return kind.isWebRtc() && from.isWebRtc()
        ? primary
        : aFew(primary).stream().map(codec -> codec.withRepair(-1)).toList();
  }

  private static boolean isKnown(Codec codec) {
    return NAMES.contains(codec.name().toLowerCase(Locale.ROOT));
  }

  private static List<Codec> aFew(List<Codec> codecs) {
    Map<String, Integer> counts = new HashMap<>();
    List<Codec> kept = new ArrayList<>();
    for (Codec codec : codecs) {
      if (counts.merge(codec.name().toLowerCase(Locale.ROOT), 1, Integer::sum) <= OF_A_NAME) {
        kept.add(codec);
      }
    }
    return kept;
  }
}
