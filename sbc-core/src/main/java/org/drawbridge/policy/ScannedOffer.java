package org.drawbridge.policy;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.drawbridge.routing.condition.MediaKind;
import org.drawbridge.routing.condition.Offer;
import org.jspecify.annotations.Nullable;

/**
 * The kinds and codecs of an offer, picked out of its lines (RFC 8866): enough to choose a route by
 * it. Whether the offer is sound is found out by whoever answers it.
 */
final class ScannedOffer implements Offer {

  /** Codecs that are remembered of one offer; browsers offer about 30. */
  private static final int MAX_CODECS = 100;

  /** Payload types that need no rtpmap (RFC 3551 section 6). */
  private static final Map<String, String> STATIC =
      Map.of("0", "pcmu", "3", "gsm", "4", "g723", "8", "pcma", "9", "g722", "18", "g729");

  private final Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
  private final Set<String> codecs = new TreeSet<>();

  private ScannedOffer() {}

  /** What a description offers. */
  static Offer of(@Nullable String sdp) {
    if (sdp == null) {
      return Offer.NONE;
    }
    ScannedOffer offer = new ScannedOffer();
    boolean live = false;
    for (int from = 0; from < sdp.length(); ) {
      int end = sdp.indexOf('\n', from);
      String line = sdp.substring(from, end < 0 ? sdp.length() : end).strip();
      from = end < 0 ? sdp.length() : end + 1;
      if (line.startsWith("m=")) {
        live = offer.media(line.substring(2).split(" +", MAX_CODECS));
      } else if (live && line.startsWith("a=rtpmap:")) {
        offer.codec(line);
      }
    }
    return offer;
  }

  /** Takes a media line; false where it is refused by port 0 or no media line at all. */
  private boolean media(String[] fields) {
    if (fields.length < 4 || fields[1].equals("0")) {
      return false;
    }
    switch (fields[0]) {
      case "audio" -> kinds.add(MediaKind.AUDIO);
      case "video" -> kinds.add(MediaKind.VIDEO);
      case "image" -> kinds.add(MediaKind.FAX);
      default -> {}
    }
    if (fields[2].startsWith("UDP/TLS/RTP/SAVP")) {
      kinds.add(MediaKind.WEBRTC);
    }
    for (int i = 3; i < fields.length; i++) {
      String name = fields[0].equals("audio") ? STATIC.get(fields[i]) : null;
      if (name != null) {
        codecs.add(name);
      }
    }
    return true;
  }

  private void codec(String line) {
    int space = line.indexOf(' ');
    int slash = line.indexOf('/', space);
    if (space > 0 && slash > space && codecs.size() < MAX_CODECS) {
      codecs.add(line.substring(space + 1, slash).strip().toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public boolean hasCodec(String name) {
    return codecs.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean has(MediaKind kind) {
    return kinds.contains(kind);
  }

  @Override
  public String toString() {
    String all = kinds.toString().toLowerCase(Locale.ROOT) + codecs;
    return kinds.isEmpty() ? "nothing" : all.replace("][", " with ").replaceAll("[\\[\\]]", "");
  }
}
