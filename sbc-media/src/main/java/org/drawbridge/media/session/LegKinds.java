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
              .map(media -> of(description, media))
              .findFirst()
              .orElse(LegKind.RTP);
    };
  }

  private static LegKind of(SessionDescription description, MediaDescription media) {
    boolean secure = isSecure(media.protocol());
    boolean dtls = media.fingerprint() != null && media.ice() != null;
    // One that offers DTLS beside something else gets the other where DTLS would be refused.
    boolean possible = description.muxes(media) || secure && media.cryptos().isEmpty();
    if (isDtls(media.protocol()) || dtls && possible) {
      return LegKind.WEBRTC;
    }
    return secure ? LegKind.SDES : LegKind.RTP;
  }

  private static boolean isDtls(String protocol) {
    return protocol.toUpperCase(Locale.ROOT).contains("/TLS/");
  }

  /** Whether a profile asks for SRTP: {@code SAVP} or {@code SAVPF}. */
  static boolean isSecure(String protocol) {
    return protocol.toUpperCase(Locale.ROOT).contains("/SAVP");
  }
}
