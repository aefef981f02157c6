package org.drawbridge.media.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.media.rtp.Bytes;

/** The records of a datagram. */
final class Records {

  private static final int HEADER = 13;
  private static final int LENGTH_AT = 11;

  private Records() {}

  /** Each in a datagram of its own. */
  static List<byte[]> of(byte[] datagram) {
    List<byte[]> records = new ArrayList<>();
    int at = 0;
    while (at < datagram.length) {
      int end = at + HEADER + Bytes.u16(datagram, at + LENGTH_AT);
      records.add(Arrays.copyOfRange(datagram, at, end));
      at = end;
    }
    return records;
  }
}
