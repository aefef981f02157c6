package org.drawbridge.media.session;

import java.util.Locale;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SdpParser;
import org.drawbridge.media.sdp.SdpResult;
import org.drawbridge.media.sdp.SessionDescription;

/** Tells from a description how its writer carries media. */
final class LegKinds {

  /** The port of who will name candidates later (RFC 8840 4.1.1). */
  private static final int TO_COME = 9;

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
    MediaDescription path = description.transportOf(media);
    // ICE without rtcp-mux is no browser: it is served at the address it names.
    boolean browser = path.ice() != null && (description.muxes(media) || !isPlaced(media));
    if (browser && (path.fingerprint() != null || isDtls(media.protocol()))) {
      return isLite(description) ? LegKind.WEBRTC_SERVER : LegKind.WEBRTC;
    }
    return PeerTransport.of(description, media, LegKind.RTP).asked(media.protocol());
  }

  /** Whether its writer sends no ICE checks itself (RFC 8839 5.3). */
  static boolean isLite(SessionDescription description) {
    return description.session().has("ice-lite");
  }

  /** Whether it says where it is without ICE too. */
  private static boolean isPlaced(MediaDescription media) {
    return media.rtpAddress() != null && media.port() != TO_COME;
  }

  /** Whether a profile asks for DTLS. */
  static boolean isDtls(String protocol) {
    return protocol.toUpperCase(Locale.ROOT).contains("/TLS/");
  }

  /** Whether a profile asks for SRTP: {@code SAVP} or {@code SAVPF}. */
  static boolean isSecure(String protocol) {
    return protocol.toUpperCase(Locale.ROOT).contains("/SAVP");
  }
}
