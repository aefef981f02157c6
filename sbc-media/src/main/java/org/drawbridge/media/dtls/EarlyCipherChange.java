package org.drawbridge.media.dtls;

import java.util.BitSet;
import org.drawbridge.media.rtp.Bytes;

/**
 * Hides a client's ChangeCipherSpec that overtakes its CertificateVerify. The library would go over
 * to the new keys at once and then take no repeat of what is missing (RFC 6347 4.2.4 has the client
 * repeat all of its flight), so that the handshake would never end. Used by the thread of one
 * handshake, in which we are the server and ask for a certificate.
 */
final class EarlyCipherChange {

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int CERTIFICATE_VERIFY = 15;

  private static final int RECORD_HEADER = 13;
  private static final int EPOCH_AT = 3;
  private static final int RECORD_LENGTH_AT = 11;

  private static final int MESSAGE_HEADER = 12;
  private static final int MESSAGE_LENGTH_AT = 1;
  private static final int FRAGMENT_OFFSET_AT = 6;
  private static final int FRAGMENT_LENGTH_AT = 9;

  /** An epoch that never is, so that the library drops the record. */
  private static final byte NO_EPOCH = (byte) 0xff;

  private final BitSet seen = new BitSet();
  private boolean verified;

  /** Looks through a datagram on its way to the library. */
  void pass(byte[] buf, int off, int len) {
    int end = off + len;
    int at = off;
    while (!verified && at + RECORD_HEADER <= end) {
      int next = at + RECORD_HEADER + Bytes.u16(buf, at + RECORD_LENGTH_AT);
      if (next > end) {
        return;
      }
      if (Bytes.u16(buf, at + EPOCH_AT) == 0) {
        onPlain(buf, at, next);
      }
      at = next;
    }
  }

  private void onPlain(byte[] buf, int at, int next) {
    if (buf[at] == CHANGE_CIPHER_SPEC) {
      buf[at + EPOCH_AT] = NO_EPOCH;
      buf[at + EPOCH_AT + 1] = NO_EPOCH;
    } else if (buf[at] == HANDSHAKE) {
      onMessages(buf, at + RECORD_HEADER, next);
    }
  }

  private void onMessages(byte[] buf, int from, int end) {
    int at = from;
    while (at + MESSAGE_HEADER <= end) {
      int offset = u24(buf, at + FRAGMENT_OFFSET_AT);
      int length = u24(buf, at + FRAGMENT_LENGTH_AT);
      if (length > end - at - MESSAGE_HEADER) {
        return;
      }
      if (buf[at] == CERTIFICATE_VERIFY) {
        onVerify(u24(buf, at + MESSAGE_LENGTH_AT), offset, length);
      }
      at += MESSAGE_HEADER + length;
    }
  }

  /** One longer than a datagram is none. */
  private void onVerify(int total, int offset, int length) {
    if (total <= DatagramPipe.RECEIVE_LIMIT && offset + length <= total) {
      seen.set(offset, offset + length);
      verified = seen.nextClearBit(0) >= total;
    }
  }

  private static int u24(byte[] buf, int at) {
    return (buf[at] & 0xff) << 16 | Bytes.u16(buf, at + 1);
  }
}
