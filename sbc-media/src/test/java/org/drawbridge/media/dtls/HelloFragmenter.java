package org.drawbridge.media.dtls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.drawbridge.media.rtp.Bytes;

/**
 * Cuts an unencrypted handshake record into fragments of one record and one datagram each, as
 * browsers do with a ClientHello larger than their MTU (RFC 6347 4.2.3). All that the peer sends
 * has to pass it.
 */
final class HelloFragmenter {

  private static final int RECORD_HEADER = 13;
  private static final int EPOCH_AT = 3;

  /** The lower half of 48 bits, which is enough here. */
  private static final int SEQUENCE_AT = 7;

  private static final int LENGTH_AT = 11;
  private static final int MESSAGE_HEADER = 12;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;

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
    if (datagram[0] != HANDSHAKE || datagram[RECORD_HEADER] != CLIENT_HELLO) {
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
    while (at < copy.length && Bytes.u16(copy, at + EPOCH_AT) == 0) {
      Bytes.put32(copy, at + SEQUENCE_AT, recordSequence++);
      at += RECORD_HEADER + Bytes.u16(copy, at + LENGTH_AT);
    }
    return copy;
  }

  private byte[] fragment(byte[] datagram, int at, int length) {
    byte[] part = new byte[RECORD_HEADER + MESSAGE_HEADER + length];
    System.arraycopy(datagram, 0, part, 0, RECORD_HEADER + MESSAGE_HEADER);
    Bytes.put32(part, SEQUENCE_AT, recordSequence++);
    Bytes.put16(part, LENGTH_AT, MESSAGE_HEADER + length);
    Bytes.put16(part, RECORD_HEADER + 7, at);
    part[RECORD_HEADER + 6] = 0;
    Bytes.put16(part, RECORD_HEADER + 10, length);
    part[RECORD_HEADER + 9] = 0;
    int body = RECORD_HEADER + MESSAGE_HEADER;
    System.arraycopy(datagram, body + at, part, body, length);
    return part;
  }
}
