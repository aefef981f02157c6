package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.MediaDescription;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} position of a leg. Positions are never taken away or swapped while the leg lives
 * (RFC 3264 8).
 *
 * @param type such as {@code audio}
 * @param protocol such as {@code RTP/AVP}
 * @param formats what the peer listed, to be repeated when the media is rejected
 * @param codecs which of them are RTP formats that are explained
 * @param mid its identification tag, null without
 * @param off whether its port is 0
 */
record MediaSlot(
    String type,
    String protocol,
    List<String> formats,
    List<Codec> codecs,
    @Nullable String mid,
    boolean off) {

  static MediaSlot of(MediaDescription media) {
    return new MediaSlot(
        media.type(),
        media.protocol(),
        media.formats(),
        media.codecs(),
        media.mid(),
        media.isOff());
  }

  /** A position of ours that no description has listed formats for yet. */
  static MediaSlot fresh(String type, String protocol, @Nullable String mid) {
    return new MediaSlot(type, protocol, List.of(), List.of(), mid, false);
  }

  /** The same position with these formats in it. */
  MediaSlot listing(List<Codec> codecs) {
    List<String> types =
        codecs.stream().map(codec -> Integer.toString(codec.payloadType())).toList();
    return new MediaSlot(type, protocol, types, codecs, mid, off);
  }

  /** The same position, used anew with another tag (RFC 8829 5.2.2). */
  MediaSlot reused(@Nullable String tag) {
    return fresh(type, protocol, tag);
  }
}
