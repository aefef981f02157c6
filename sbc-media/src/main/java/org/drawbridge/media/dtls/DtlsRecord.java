package org.drawbridge.media.dtls;

import org.drawbridge.media.rtp.Bytes;

/**
 * The header of a DTLS record (RFC 6347 section 4.1). A datagram has one or more records; {@code
 * at} is where one begins, and its header has to be there.
 */
final class DtlsRecord {

  /** Bytes of the header. */
  static final int HEADER = 13;

  private static final int EPOCH_AT = 3;
  private static final int LENGTH_AT = 11;

  private DtlsRecord() {}

  /** What it carries, one of the library's content types. */
  static int type(byte[] buf, int at) {
    return buf[at] & 0xff;
  }

  /** Which keys it is under: 0 for none. */
  static int epoch(byte[] buf, int at) {
    return Bytes.u16(buf, at + EPOCH_AT);
  }

  static void setEpoch(byte[] buf, int at, int epoch) {
    Bytes.put16(buf, at + EPOCH_AT, epoch);
  }

  /** Where the next one begins, by the length of this one: perhaps behind the datagram. */
  static int next(byte[] buf, int at) {
    return at + HEADER + Bytes.u16(buf, at + LENGTH_AT);
  }
}
