package org.drawbridge.media.session;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpParser;
import org.drawbridge.media.sdp.SdpResult;
import org.drawbridge.media.sdp.SessionDescription;

/** Descriptions without media, for those whose media nobody carries (RFC 3264 section 6). */
final class TurnedOff {

  private static final String HEAD = "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\n";

  private static final MediaSlot AUDIO =
      new MediaSlot("audio", "RTP/AVP", List.of("0"), List.of(), null, true);

  private TurnedOff() {}

  /** Whether a description has media, and each with port 0. */
  static boolean is(String sdp) {
    return SdpParser.parse(sdp) instanceof SdpResult.Parsed(SessionDescription description)
        && !description.media().isEmpty()
        && description.media().stream().allMatch(MediaDescription::isOff);
  }

  /** The media lines of a description, each with port 0. */
  static String like(String sdp) {
    List<MediaSlot> slots =
        switch (SdpParser.parse(sdp)) {
          case SdpResult.Malformed _ -> List.of(AUDIO);
          case SdpResult.Parsed(SessionDescription description) ->
              description.media().stream().map(MediaSlot::of).toList();
        };
    InetAddress nowhere = Inet4Address.ofLiteral("0.0.0.0");
    return HEAD + new DescriptionComposer(LegKind.RTP, () -> nowhere).compose(slots, Map.of());
  }
}
