package org.drawbridge.routing.condition;

/** What the offer of a call holds. */
public enum MediaKind {
  /** Audio that is not refused (RFC 8866 section 5.14). */
  AUDIO,
  /** Video that is not refused. */
  VIDEO,
  /** A T.38 image (ITU-T T.38 annex D). */
  FAX,
  /** Media as browsers send it: DTLS-SRTP with ICE (RFC 8827). */
  WEBRTC
}
