package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The listener that stands beside a loop's shared UDP port, on the same number, and its
 * connections. Used by the thread of {@link TcpEdge}.
 */
final class TcpPort {

  private static final int SEND_BUFFER = 64 * 1024;
  private static final int BACKLOG = 256;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final ServerSocketChannel listener;
  private final MediaLoop loop;
  private final SharedPort shared;
  private final MediaCounters counters;
  private final TcpSeats seats = new TcpSeats();

  private TcpPort(
      ServerSocketChannel listener, MediaLoop loop, SharedPort shared, MediaCounters counters) {
    this.listener = listener;
    this.loop = loop;
    this.shared = shared;
    this.counters = counters;
  }

  /**
   * Binds the number of the shared port.
   *
   * @throws IOException if somebody else has it
   */
  static TcpPort bind(
      InetAddress address, MediaLoop loop, SharedPort shared, MediaCounters counters)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.configureBlocking(false);
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(new InetSocketAddress(address, shared.port().port()), BACKLOG);
      return new TcpPort(listener, loop, shared, counters);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Its port number. */
  int number() {
    return shared.port().port();
  }

  ServerSocketChannel listener() {
    return listener;
  }

  /** Takes a connection that waits; null when there is none, or no room for it. */
  @Nullable Accepted accept(long nowNanos) throws IOException {
    SocketChannel channel = listener.accept();
    if (channel == null) {
      return null;
    }
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    if (remote == null || !hasRoom(remote.getAddress(), nowNanos)) {
      counters.count(Kind.TCP_LIMITED);
      channel.close();
      return null;
    }
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    counters.count(Kind.TCP_ACCEPTED);
    TcpConnection made = new TcpConnection(channel, remote, NUMBERS.incrementAndGet(), nowNanos);
    seats.take(made);
    return new Accepted(this, made, channel);
  }

  /** A connection, where it came in, and what is read. */
  record Accepted(TcpPort port, TcpConnection connection, SocketChannel channel) {}

  /** Strangers that only hold their places keep nobody out. */
  private boolean hasRoom(InetAddress peer, long nowNanos) {
    if (!seats.areFull(peer)) {
      return true;
    }
    TcpConnection stranger = seats.stranger(peer, nowNanos);
    if (stranger == null) {
      return false;
    }
    counters.count(Kind.TCP_LIMITED);
    close(stranger);
    return true;
  }

  /** Gives a frame to the loop. */
  void hand(TcpConnection from, byte[] buf, int off, int len) {
    if (!from.mayHand()) {
      counters.count(Kind.TCP_DROPPED);
      return;
    }
    byte[] copy = new byte[len + MediaLoop.TAIL_ROOM];
    System.arraycopy(buf, off, copy, 0, len);
    loop.execute(
        () -> {
          from.handled();
          if (!from.isClosed()) {
            shared.onDatagram(copy, 0, len, from.address(), MediaLoop.now());
          }
        });
  }

  /** Closes a connection and forgets it. */
  void close(TcpConnection connection) {
    connection.close();
    if (seats.leave(connection)) {
      loop.execute(() -> shared.lost(connection.address()));
    }
  }

  /** Closes connections that show nothing in time, and forgets those the loop has closed. */
  void sweep(long nowNanos, long firstNanos, long silentNanos) {
    for (TcpConnection connection : seats.all()) {
      if (connection.isClosed()) {
        close(connection);
      } else if (connection.isIdle(nowNanos, firstNanos, silentNanos)) {
        counters.count(Kind.TCP_FAULTS);
        close(connection);
      }
    }
  }

  /** Closes the listener and all connections. */
  void closeAll() throws IOException {
    listener.close();
    seats.all().forEach(this::close);
  }
}
