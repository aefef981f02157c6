package org.drawbridge.media.session;

import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.sdp.Setup;
import org.jspecify.annotations.Nullable;

/** Who starts DTLS on one transport, by {@code a=setup} of both sides (RFC 5763 5, RFC 8842 5). */
final class DtlsRoles {

  private DtlsRole role = DtlsRole.NONE;

  /** Ours after this offer. It may fix the roles; where it leaves the choice, ours stays. */
  DtlsRole towardOffer(@Nullable Setup offer) {
    return switch (offer) {
      case ACTIVE -> DtlsRole.SERVER;
      case PASSIVE -> DtlsRole.CLIENT;
      case ACTPASS, HOLDCONN -> role == DtlsRole.CLIENT ? role : DtlsRole.SERVER;
      case null -> role == DtlsRole.CLIENT ? role : DtlsRole.SERVER;
    };
  }

  /**
   * Ours after this answer. Our offers leave the choice to the peer. One that leaves it to us in
   * turn, against RFC 8842 section 5.3, or does not say, as "passive" by RFC 4145 section 4.1,
   * would wait for us for ever.
   */
  DtlsRole towardAnswer(@Nullable Setup answer) {
    return switch (answer) {
      case ACTIVE -> DtlsRole.SERVER;
      case PASSIVE -> DtlsRole.CLIENT;
      case HOLDCONN -> role == DtlsRole.CLIENT ? role : DtlsRole.SERVER;
      case ACTPASS -> role == DtlsRole.SERVER ? role : DtlsRole.CLIENT;
      case null -> role == DtlsRole.SERVER ? role : DtlsRole.CLIENT;
    };
  }

  /** What our answer to this offer says. */
  Setup answer(@Nullable Setup offer) {
    return towardOffer(offer) == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE;
  }

  /** Takes the role that follows from the peer's last description; gives it. */
  DtlsRole settle(@Nullable Setup peer, boolean answer) {
    role = answer ? towardAnswer(peer) : towardOffer(peer);
    return role;
  }
}
