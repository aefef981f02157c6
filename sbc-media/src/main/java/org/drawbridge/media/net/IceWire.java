package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.relay.Wire;

/**
 * How the peers of a shared port are reached: by its UDP socket, or over the TCP connection that an
 * address stands for. Owned by a media loop.
 */
final class IceWire implements Wire {

  private static final int LENGTH_BYTES = 2;

  private final UdpPort udp;
  private final MediaCounters counters;
  private final ByteBuffer frame =
      ByteBuffer.allocateDirect(LENGTH_BYTES + MediaLoop.MAX_DATAGRAM + MediaLoop.TAIL_ROOM);

  /** Connections whose peers read slowly. */
  private final Set<TcpConnection> behind = new LinkedHashSet<>();

  IceWire(UdpPort udp, MediaCounters counters) {
    this.udp = udp;
    this.counters = counters;
  }

  UdpPort udp() {
    return udp;
  }

  @Override
  public void send(byte[] buf, int off, int len, InetSocketAddress to) {
    if (to instanceof TcpConnection.Address address) {
      send(buf, off, len, address.connection());
    } else {
      udp.send(buf, off, len, to);
    }
  }

  private void send(byte[] buf, int off, int len, TcpConnection to) {
    if (to.isClosed() || len > frame.capacity() - LENGTH_BYTES) {
      return;
    }
    frame.clear().putShort((short) len).put(buf, off, len).flip();
    try {
      if (!to.send(frame, MediaLoop.now())) {
        counters.count(Kind.TCP_DROPPED);
      }
      if (to.isBehind()) {
        behind.add(to);
      }
    } catch (IOException e) {
      to.close();
    }
  }

  /** Sends what has waited; closes connections that take nothing. A timer of the loop. */
  void onTick(long nowNanos) {
    behind.removeIf(connection -> !stillBehind(connection, nowNanos));
  }

  private boolean stillBehind(TcpConnection connection, long nowNanos) {
    try {
      if (connection.isClosed() || connection.flush(nowNanos)) {
        return false;
      }
    } catch (IOException e) {
      connection.close();
      return false;
    }
    if (connection.isStuck(nowNanos)) {
      counters.count(Kind.TCP_FAULTS);
      connection.close();
      return false;
    }
    return true;
  }
}
