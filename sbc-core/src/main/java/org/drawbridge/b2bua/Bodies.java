package org.drawbridge.b2bua;

import java.nio.charset.StandardCharsets;

/** Texts as message bodies. */
final class Bodies {

  private Bodies() {}

  /** SDP on the wire (RFC 8866 section 5). */
  static byte[] bytes(String sdp) {
    return sdp.getBytes(StandardCharsets.UTF_8);
  }
}
