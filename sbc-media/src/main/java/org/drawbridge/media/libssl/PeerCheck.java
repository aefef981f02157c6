package org.drawbridge.media.libssl;

/** Whether a handshake may go on; asked on the thread that advances it, in the middle of that. */
public interface PeerCheck {

  /**
   * Judges a peer by its certificate.
   *
   * @param session the handshake, which knows by now what the peer offered
   * @param certificate in DER; its key is not proven yet
   */
  boolean accepts(DtlsSession session, byte[] certificate);
}
