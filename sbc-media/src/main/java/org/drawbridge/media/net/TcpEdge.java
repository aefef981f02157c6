package org.drawbridge.media.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;

/**
 * ICE over TCP (RFC 6544), passive, for peers whose network has no UDP: one thread that accepts
 * connections, reads frames (RFC 4571) and hands them to the media loops, which take them as they
 * take datagrams and write by themselves.
 */
final class TcpEdge implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(TcpEdge.class);
  private static final int READ_BYTES = 64 * 1024;
  private static final long SWEEP_MILLIS = 1000;
  private static final long JOIN_MILLIS = 2000;

  /** A peer sends its first check as soon as the connection is there. */
  private static final long FIRST_NANOS = 10_000_000_000L;

  /** Checks for consent come every few seconds (RFC 7675). */
  private static final long SILENT_NANOS = 40_000_000_000L;

  private final Selector selector;
  private final List<TcpPort> ports;
  private final MediaCounters counters;
  private final Thread thread;
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(READ_BYTES);
  private volatile boolean closed;
  private long nextSweepNanos;

  private TcpEdge(Selector selector, List<TcpPort> ports, MediaCounters counters) {
    this.selector = selector;
    this.ports = ports;
    this.counters = counters;
    thread = Thread.ofPlatform().name("media-tcp").daemon().unstarted(this::run);
  }

  /** Starts to accept on these ports. */
  static TcpEdge start(List<TcpPort> ports, MediaCounters counters) throws IOException {
    Selector selector = Selector.open();
    for (TcpPort port : ports) {
      port.listener().register(selector, SelectionKey.OP_ACCEPT, port);
    }
    TcpEdge edge = new TcpEdge(selector, ports, counters);
    edge.thread.start();
    return edge;
  }

  /** Whether there is a listener on a port. Any thread. */
  boolean serves(int port) {
    return ports.stream().anyMatch(one -> one.number() == port);
  }

  private void run() {
    nextSweepNanos = MediaLoop.now();
    try {
      while (!closed) {
        selector.select(this::onReady, SWEEP_MILLIS);
        sweep();
      }
      for (TcpPort port : ports) {
        port.closeAll();
      }
      selector.close();
    } catch (IOException e) {
      LOG.fatal("TCP for media died", e);
    }
  }

  private void sweep() {
    long nowNanos = MediaLoop.now();
    if (nowNanos - nextSweepNanos >= 0) {
      nextSweepNanos = nowNanos + SWEEP_MILLIS * 1_000_000;
      ports.forEach(port -> port.sweep(nowNanos, FIRST_NANOS, SILENT_NANOS));
      ports.forEach(port -> port.listener().keyFor(selector).interestOps(SelectionKey.OP_ACCEPT));
    }
  }

  private void onReady(SelectionKey key) {
    switch (key.attachment()) {
      case TcpPort port -> accept(port, key);
      case TcpPort.Accepted accepted -> read(accepted);
      case null, default -> throw new IllegalStateException("a key of nobody");
    }
  }

  private void accept(TcpPort port, SelectionKey key) {
    try {
      TcpPort.Accepted accepted = port.accept(MediaLoop.now());
      if (accepted != null) {
        accepted.channel().register(selector, SelectionKey.OP_READ, accepted);
      }
    } catch (IOException e) {
      // Out of files, say: who waits stays at the door, and asking again at once would be all we
      // do.
      LOG.warn("no TCP connections for media are taken for a second: {}", e.toString());
      key.interestOps(0);
    }
  }

  private void read(TcpPort.Accepted from) {
    TcpConnection connection = from.connection();
    try {
      incoming.clear();
      if (from.channel().read(incoming) < 0) {
        from.port().close(connection);
        return;
      }
      boolean framed =
          connection.onBytes(
              incoming.flip(),
              MediaLoop.now(),
              (buf, off, len) -> from.port().hand(connection, buf, off, len));
      if (!framed) {
        counters.count(Kind.TCP_FAULTS);
        from.port().close(connection);
      }
    } catch (IOException e) {
      LOG.trace("TCP connection of {} ended: {}", connection.remote(), e.toString());
      from.port().close(connection);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
