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
