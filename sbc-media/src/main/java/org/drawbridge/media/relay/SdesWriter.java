package org.drawbridge.media.relay;

import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;

/** Writes the one source description we send: our canonical name (RFC 3550 6.5.1). */
final class SdesWriter {

  private static final int CNAME = 1;

  private SdesWriter() {}

  /**
   * Writes it.
   *
   * @param cname our name toward the peer, at most 255 bytes
   * @return its end
   */
  static int write(byte[] out, int at, int ssrc, byte[] cname) {
    // Chunk: SSRC, item type, item length, text, and at least one zero byte up to a whole word.
    int length = 4 + (4 + 2 + cname.length + 4) / 4 * 4;
    RtcpView.putHeader(out, at, 1, RtcpView.SDES, length);
    Bytes.put32(out, at + 4, ssrc);
    out[at + 8] = CNAME;
    out[at + 9] = (byte) cname.length;
    System.arraycopy(cname, 0, out, at + 10, cname.length);
    for (int i = at + 10 + cname.length; i < at + length; i++) {
      out[i] = 0;
    }
    return at + length;
  }
}
