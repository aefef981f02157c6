package org.drawbridge.media.session;

import java.util.Locale;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpParser;
import org.drawbridge.media.sdp.SdpResult;
import org.drawbridge.media.sdp.SessionDescription;

/** Tells from a description how its writer carries media. */
final class LegKinds {

  private LegKinds() {}

  /** The kind of the first audio that is on; RTP when there is none or the text is malformed. */
  static LegKind of(String sdp) {
    return switch (SdpParser.parse(sdp)) {
      case SdpResult.Malformed malformed -> LegKind.RTP;
      case SdpResult.Parsed(SessionDescription description) ->
          description.media().stream()
              .filter(media -> MediaType.AUDIO.is(media) && !media.isOff())
              .map(LegKinds::of)
              .findFirst()
              .orElse(LegKind.RTP);
    };
  }

  private static LegKind of(MediaDescription media) {
    if (media.protocol().toUpperCase(Locale.ROOT).contains("/TLS/")) {
      return LegKind.WEBRTC;
    }
    if (media.fingerprint() != null && media.ice() != null) {
      return LegKind.WEBRTC;
    }
    return isSecure(media.protocol()) ? LegKind.SDES : LegKind.RTP;
  }

  /** Whether a profile asks for SRTP: {@code SAVP} or {@code SAVPF}. */
  static boolean isSecure(String protocol) {
    return protocol.toUpperCase(Locale.ROOT).contains("/SAVP");
  }
}
