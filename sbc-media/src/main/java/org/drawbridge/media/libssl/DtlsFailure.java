package org.drawbridge.media.libssl;

import java.io.IOException;

/** A handshake that cannot succeed any more. */
public final class DtlsFailure extends IOException {

  private static final long serialVersionUID = 1L;

  /** Where the library's reasons that are alerts of the peer begin. */
  private static final int ALERTS_FROM = 1000;

  private static final int PEER_DID_NOT_RETURN_A_CERTIFICATE = 199;

  private final int reason;

  DtlsFailure(int reason, String text) {
    super(text);
    this.reason = reason;
  }

  /** The fatal alert of the peer that ended it (RFC 5246 7.2), or -1. */
  public int alertOfPeer() {
    return reason >= ALERTS_FROM && reason < ALERTS_FROM + 256 ? reason - ALERTS_FROM : -1;
  }

  /** Whether the peer, a client, has no certificate. */
  public boolean isForLackOfCertificate() {
    return reason == PEER_DID_NOT_RETURN_A_CERTIFICATE;
  }
}
