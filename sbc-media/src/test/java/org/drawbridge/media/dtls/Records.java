package org.drawbridge.media.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records of a datagram. */
final class Records {

  private Records() {}

  /** Each in a datagram of its own. */
  static List<byte[]> of(byte[] datagram) {
    List<byte[]> records = new ArrayList<>();
    int at = 0;
    while (at < datagram.length) {
      int end = DtlsRecord.next(datagram, at);
      records.add(Arrays.copyOfRange(datagram, at, end));
      at = end;
    }
    return records;
  }
}
