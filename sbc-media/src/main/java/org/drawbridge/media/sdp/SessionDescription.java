package org.drawbridge.media.sdp;

import java.util.List;

/**
 * A whole description (RFC 8866): the session level, then media in order. Immutable.
 *
 * @param session the lines before the first {@code m=}
 * @param media the media descriptions in the order that offer and answer share
 */
public record SessionDescription(SdpSection session, List<MediaDescription> media) {

  /** A description with a copy of the media list. */
  public SessionDescription {
    media = List.copyOf(media);
  }

  /**
   * The media whose transport attributes count for one of these: its own, or where it is bundled
   * and says nothing itself those of the first of its group that does (RFC 9143 7.1, 7.3).
   */
  public MediaDescription transportOf(MediaDescription wanted) {
    String mid = wanted.mid();
    if (mid == null || !bundles(mid) || (wanted.ice() != null && wanted.fingerprint() != null)) {
      return wanted;
    }
    return media.stream()
        .filter(other -> other.mid() != null && bundles(other.mid()) && other.ice() != null)
        .findFirst()
        .orElse(wanted);
  }

  /** Whether a {@code BUNDLE} group of the session holds this mid (RFC 9143). */
  public boolean bundles(String mid) {
    for (String group : session.all("group")) {
      List<String> words = List.of(Words.of(group));
      if (words.getFirst().equals("BUNDLE") && words.lastIndexOf(mid) > 0) {
        return true;
      }
    }
    return false;
  }
}
