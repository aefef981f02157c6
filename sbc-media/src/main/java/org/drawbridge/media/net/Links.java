package org.drawbridge.media.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.plane.LocalMedia;

/**
 * The open ends of links, by addresses of the discard-only block (RFC 6666): no packet from or to
 * such an address ever travels a network, so nobody outside can name one. Thread-safe.
 */
final class Links {

  private static final int RTP_PORT = 4000;

  private final Map<InetAddress, LinkTransport> ends = new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();

  /** A place for another end. */
  LocalMedia next() {
    byte[] address =
        ByteBuffer.allocate(16).put(0, (byte) 1).putLong(8, made.incrementAndGet()).array();
    try {
      InetAddress own = InetAddress.getByAddress(address);
      return new LocalMedia(
          new InetSocketAddress(own, RTP_PORT),
          new InetSocketAddress(own, RTP_PORT + 1),
          List.of(),
          null);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }

  void add(LinkTransport end) {
    ends.put(end.local().rtp().getAddress(), end);
  }

  void remove(LinkTransport end) {
    ends.remove(end.local().rtp().getAddress(), end);
  }

  /** Carries one packet; lost when nobody is there. */
  void send(
      MediaLoop sender,
      InetSocketAddress from,
      byte[] buf,
      int off,
      int len,
      InetSocketAddress to) {
    LinkTransport end = ends.get(to.getAddress());
    if (end != null) {
      end.deliver(sender, from, buf, off, len, to.getPort() != RTP_PORT);
    }
  }
}
