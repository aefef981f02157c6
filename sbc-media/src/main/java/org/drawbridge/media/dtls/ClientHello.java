package org.drawbridge.media.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.drawbridge.media.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/** The message with which a DTLS client begins (RFC 5246 7.4.1.2, RFC 6347 4.2). */
public final class ClientHello {

  private static final int MESSAGE_HEADER = 12;
  private static final int FRAGMENT_OFFSET_AT = DtlsRecord.HEADER + 6;
  private static final int RANDOM_AT = DtlsRecord.HEADER + MESSAGE_HEADER + 2;
  private static final int RANDOM_BYTES = 32;

  private ClientHello() {}

  /**
   * The random of the hello that a datagram begins with: the same in all that belong to one
   * handshake, another in each handshake. Null without a hello, or with a later fragment of one.
   */
  public static @Nullable ByteBuffer random(byte[] buf, int off, int len) {
    boolean hello =
        len >= RANDOM_AT + RANDOM_BYTES
            && DtlsRecord.type(buf, off) == ContentType.handshake
            && DtlsRecord.epoch(buf, off) == 0
            && buf[off + DtlsRecord.HEADER] == HandshakeType.client_hello
            && buf[off + FRAGMENT_OFFSET_AT] == 0
            && Bytes.u16(buf, off + FRAGMENT_OFFSET_AT + 1) == 0;
    int at = off + RANDOM_AT;
    return hello ? ByteBuffer.wrap(Arrays.copyOfRange(buf, at, at + RANDOM_BYTES)) : null;
  }
}
