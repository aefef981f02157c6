package org.drawbridge.media.stun;

import java.util.zip.CRC32;

/** The FINGERPRINT value (RFC 8489 14.7). */
final class StunFingerprint {

  private static final int XOR = 0x5354554E;

  private StunFingerprint() {}

  /**
   * CRC-32 of a message up to its FINGERPRINT. The length field must already count the attribute,
   * as it does in a received message.
   */
  static int of(byte[] buf, int off, int len) {
    CRC32 crc = new CRC32();
    crc.update(buf, off, len);
    return (int) crc.getValue() ^ XOR;
  }
}
