package org.drawbridge.media.sdp;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    return wanted.ice() != null && wanted.fingerprint() != null
        ? wanted
        : bundledWith(wanted).filter(other -> other.ice() != null).findFirst().orElse(wanted);
  }

  /**
   * Whether RTP and RTCP of one of these share a port (RFC 5761). Those of a bundle do alike, and
   * it may be said only once (RFC 9143 7.1.3, 9.3).
   */
  public boolean muxes(MediaDescription wanted) {
    return wanted.rtcpMux() || bundledWith(wanted).anyMatch(MediaDescription::rtcpMux);
  }

  private Stream<MediaDescription> bundledWith(MediaDescription wanted) {
    String mid = wanted.mid();
    Set<String> group = mid == null ? Set.of() : bundleOf(mid);
    return media.stream().filter(other -> other.mid() != null && group.contains(other.mid()));
  }

  /** Whether a {@code BUNDLE} group of the session holds this mid (RFC 9143). */
  public boolean bundles(String mid) {
    return !bundleOf(mid).isEmpty();
  }

  /** Whether both mids are in one group: each group has a transport of its own. */
  public boolean bundles(String mid, String other) {
    return bundleOf(mid).contains(other);
  }

  private Set<String> bundleOf(String mid) {
    for (String group : session.all("group")) {
      List<String> words = List.of(Words.of(group));
      if (words.getFirst().equals("BUNDLE") && words.lastIndexOf(mid) > 0) {
        return Set.copyOf(words.subList(1, words.size()));
      }
    }
    return Set.of();
  }
}
