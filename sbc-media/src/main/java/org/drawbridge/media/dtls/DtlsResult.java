package org.drawbridge.media.dtls;

import org.drawbridge.media.srtp.SrtpKeys;

/** How a handshake ended. */
public sealed interface DtlsResult {

  /** The peer proved its certificate; these keys protect the media. */
  record Established(SrtpKeys keys) implements DtlsResult {}

  /** No media can flow; the reason is for the log and the other side. */
  record Failed(String reason) implements DtlsResult {}
}
