package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.drawbridge.media.ice.StreamAddress;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection of a peer. Read by the thread of {@link TcpEdge}, written by its media loop,
 * closed by either. A peer that reads too slowly loses whole packets, as it would on a network that
 * is too slow for UDP; one that reads nothing for long is closed.
 */
final class TcpConnection {

  /** Frames handed to the loop that it has not seen yet; more are dropped. */
  static final int MAX_IN_FLIGHT = 256;

  /** Bytes that wait for a peer: half a second of video, some seconds of audio. */
  static final int PENDING_BYTES = 128 * 1024;

  private static final long STUCK_NANOS = 10_000_000_000L;

  private final SocketChannel channel;
  private final Address address;
  private final FrameReader reader = new FrameReader();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long openedNanos;

  private @Nullable ByteBuffer pending;
  private long stuckSinceNanos;
  private long readNanos;
  private volatile boolean authentic;

  /** The address cores know it by, which leads back to it. */
  static final class Address extends StreamAddress {
    private static final long serialVersionUID = 1;
    private final transient TcpConnection connection;

    private Address(long number, InetSocketAddress remote, TcpConnection connection) {
      super(number, remote);
      this.connection = connection;
    }

    TcpConnection connection() {
      return connection;
    }
  }

  TcpConnection(SocketChannel channel, InetSocketAddress remote, long number, long nowNanos) {
    this.channel = channel;
    address = new Address(number, remote, this);
    openedNanos = nowNanos;
    readNanos = nowNanos;
  }

  Address address() {
    return address;
  }

  InetSocketAddress remote() {
    return StreamAddress.peerOf(address);
  }

  /** A check with the credentials of a call came over it. On the loop. */
  void authenticated() {
    authentic = true;
  }

  /** Whether it has not shown in time whose it is, or has gone silent. On the edge's thread. */
  boolean isIdle(long nowNanos, long firstNanos, long silentNanos) {
    return authentic ? nowNanos - readNanos >= silentNanos : nowNanos - openedNanos >= firstNanos;
  }

  /**
   * Takes what was read. On the edge's thread.
   *
   * @return false when the stream has lost its frames
   */
  boolean onBytes(ByteBuffer bytes, long nowNanos, FrameReader.FrameHandler handler) {
    readNanos = nowNanos;
    return reader.read(bytes, handler);
  }

  /** Whether another frame may wait for the loop; one that may has to be {@link #handled}. */
  boolean mayHand() {
    if (inFlight.incrementAndGet() <= MAX_IN_FLIGHT) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  /** The loop has seen a frame. */
  void handled() {
    inFlight.decrementAndGet();
  }

  /**
   * Sends one frame, or keeps what the kernel does not take. On the loop.
   *
   * @param frame with its length in front
   * @return false when there was no room for it
   */
  boolean send(ByteBuffer frame, long nowNanos) throws IOException {
    if (isBehind() && !flush(nowNanos)) {
      return keep(frame);
    }
    channel.write(frame);
    if (frame.hasRemaining()) {
      pending = ByteBuffer.allocateDirect(PENDING_BYTES);
      pending.put(frame);
      stuckSinceNanos = nowNanos;
    }
    return true;
  }

  private boolean keep(ByteBuffer frame) {
    ByteBuffer waiting = pending;
    if (waiting == null || waiting.remaining() < frame.remaining()) {
      return false;
    }
    waiting.put(frame);
    return true;
  }

  /** Whether something waits to be sent. On the loop. */
  boolean isBehind() {
    return pending != null;
  }

  /** Whether what waits has not moved for long. On the loop. */
  boolean isStuck(long nowNanos) {
    return isBehind() && nowNanos - stuckSinceNanos >= STUCK_NANOS;
  }

  /** Tries to send what waits; returns whether all of it is gone. On the loop. */
  boolean flush(long nowNanos) throws IOException {
    ByteBuffer waiting = pending;
    if (waiting == null) {
      return true;
    }
    if (channel.write(waiting.flip()) > 0) {
      stuckSinceNanos = nowNanos;
    }
    if (waiting.hasRemaining()) {
      waiting.compact();
      return false;
    }
    pending = null;
    return true;
  }

  /** Closes it; false when it was closed already. Any thread. */
  boolean close() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
      return true;
    }
    return true;
  }

  boolean isClosed() {
    return closed.get();
  }
}
