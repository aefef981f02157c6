package org.drawbridge.media.dtls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.drawbridge.media.rtp.Bytes;

/**
 * Cuts an unencrypted handshake record into fragments of one record and one datagram each, as
 * browsers do with a ClientHello larger than their MTU (RFC 6347 4.2.3). All that the peer sends
 * has to pass it.
 */
final class HelloFragmenter {

  /** The lower half of 48 bits, which is enough here. */
  private static final int SEQUENCE_AT = 7;

  private static final int LENGTH_AT = 11;
  private static final int MESSAGE_HEADER = 12;

  private final int fragmentLength;
  private final boolean reversed;
  private int recordSequence;
  private int mostFragments;

  HelloFragmenter(int fragmentLength, boolean reversed) {
    this.fragmentLength = fragmentLength;
    this.reversed = reversed;
  }

  int mostFragments() {
    return mostFragments;
  }

  List<byte[]> split(byte[] datagram) {
    if (datagram[0] != ContentType.handshake
        || datagram[DtlsRecord.HEADER] != HandshakeType.client_hello) {
      return List.of(renumbered(datagram));
    }
    int length = Bytes.u16(datagram, LENGTH_AT) - MESSAGE_HEADER;
    List<byte[]> fragments = new ArrayList<>();
    for (int at = 0; at < length; at += fragmentLength) {
      fragments.add(fragment(datagram, at, Math.min(fragmentLength, length - at)));
    }
    mostFragments = Math.max(mostFragments, fragments.size());
    if (reversed) {
      Collections.reverse(fragments);
    }
    return fragments;
  }

  /** Gives unprotected records the numbers after the fragments': the same ones would be replays. */
  private byte[] renumbered(byte[] datagram) {
    byte[] copy = datagram.clone();
    int at = 0;
    while (at < copy.length && DtlsRecord.epoch(copy, at) == 0) {
      Bytes.put32(copy, at + SEQUENCE_AT, recordSequence++);
      at = DtlsRecord.next(copy, at);
    }
    return copy;
  }

  private byte[] fragment(byte[] datagram, int at, int length) {
    byte[] part = new byte[DtlsRecord.HEADER + MESSAGE_HEADER + length];
    System.arraycopy(datagram, 0, part, 0, DtlsRecord.HEADER + MESSAGE_HEADER);
    Bytes.put32(part, SEQUENCE_AT, recordSequence++);
    Bytes.put16(part, LENGTH_AT, MESSAGE_HEADER + length);
    Bytes.put16(part, DtlsRecord.HEADER + 7, at);
    part[DtlsRecord.HEADER + 6] = 0;
    Bytes.put16(part, DtlsRecord.HEADER + 10, length);
    part[DtlsRecord.HEADER + 9] = 0;
    int body = DtlsRecord.HEADER + MESSAGE_HEADER;
    System.arraycopy(datagram, body + at, part, body, length);
    return part;
  }
}
