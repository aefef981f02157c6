package org.drawbridge.media.dtls;

import java.util.BitSet;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.TlsUtils;

/**
 * Hides a client's ChangeCipherSpec that overtakes its CertificateVerify. The library would go over
 * to the new keys at once and then take no repeat of what is missing (RFC 6347 4.2.4 has the client
 * repeat all of its flight), so that the handshake would never end. Used by the thread of one
 * handshake, in which we are the server and ask for a certificate.
 */
final class EarlyCipherChange {

  private static final int MESSAGE_HEADER = 12;
  private static final int MESSAGE_LENGTH_AT = 1;
  private static final int FRAGMENT_OFFSET_AT = 6;
  private static final int FRAGMENT_LENGTH_AT = 9;

  /** An epoch that never is, so that the library drops the record. */
  private static final int NO_EPOCH = 0xffff;

  private final BitSet seen = new BitSet();
  private boolean verified;

  /** Looks through a datagram on its way to the library. */
  void pass(byte[] buf, int off, int len) {
    int end = off + len;
    int at = off;
    while (!verified && at + DtlsRecord.HEADER <= end) {
      int next = DtlsRecord.next(buf, at);
      if (next > end) {
        return;
      }
      if (DtlsRecord.epoch(buf, at) == 0) {
        onPlain(buf, at, next);
      }
      at = next;
    }
  }

  private void onPlain(byte[] buf, int at, int next) {
    switch (DtlsRecord.type(buf, at)) {
      case ContentType.change_cipher_spec -> DtlsRecord.setEpoch(buf, at, NO_EPOCH);
      case ContentType.handshake -> onMessages(buf, at + DtlsRecord.HEADER, next);
      default -> {}
    }
  }

  private void onMessages(byte[] buf, int from, int end) {
    int at = from;
    while (at + MESSAGE_HEADER <= end) {
      int offset = TlsUtils.readUint24(buf, at + FRAGMENT_OFFSET_AT);
      int length = TlsUtils.readUint24(buf, at + FRAGMENT_LENGTH_AT);
      if (length > end - at - MESSAGE_HEADER) {
        return;
      }
      if (buf[at] == HandshakeType.certificate_verify) {
        onVerify(TlsUtils.readUint24(buf, at + MESSAGE_LENGTH_AT), offset, length);
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
}
