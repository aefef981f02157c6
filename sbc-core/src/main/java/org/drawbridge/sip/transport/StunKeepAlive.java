package org.drawbridge.sip.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * STUN Binding requests on a SIP port (RFC 5626 section 8, RFC 8489): the client learns that its
 * flow is alive and whether its NAT gave it another address. Pure.
 */
final class StunKeepAlive {
  private static final int HEADER_BYTES = 20;
  private static final short BINDING_REQUEST = 0x0001;
  private static final short BINDING_SUCCESS = 0x0101;
  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final short XOR_MAPPED_ADDRESS = 0x0020;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int FAMILY_AND_PORT_BYTES = 4;

  private StunKeepAlive() {}

  /** The response to a Binding request, little longer; null if it is something else. */
  static byte @Nullable [] answer(byte[] datagram, InetSocketAddress source) {
    if (datagram.length < HEADER_BYTES) {
      return null;
    }
    ByteBuffer request = ByteBuffer.wrap(datagram);
    boolean isBinding =
        request.getShort(0) == BINDING_REQUEST
            && request.getShort(2) == datagram.length - HEADER_BYTES
            && request.getInt(4) == MAGIC_COOKIE;
    return isBinding ? success(request, source) : null;
  }

  /** The address is veiled, since some NATs rewrite any address they see in a packet. */
  private static byte[] success(ByteBuffer request, InetSocketAddress source) {
    byte[] address = source.getAddress().getAddress();
    int valueBytes = FAMILY_AND_PORT_BYTES + address.length;
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + valueBytes);
    out.putShort(BINDING_SUCCESS).putShort((short) (ATTRIBUTE_HEADER_BYTES + valueBytes));
    for (int i = 4; i < HEADER_BYTES; i++) {
      out.put(request.get(i));
    }
    out.putShort(XOR_MAPPED_ADDRESS).putShort((short) valueBytes);
    out.putShort((short) (address.length == 4 ? 1 : 2));
    out.putShort((short) (source.getPort() ^ (MAGIC_COOKIE >>> 16)));
    for (int i = 0; i < address.length; i++) {
      out.put((byte) (address[i] ^ request.get(4 + i)));
    }
    return out.array();
  }
}
