package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between a media loop, which pushes datagrams, and a blocking handshake, which pulls them.
 * Bounded: when it is full the datagram is dropped, as a network would. Once the handshake has
 * settled it holds no more than our last flight, for a peer that has not got it. Only one thread
 * offers and only the handshake's receives.
 */
public final class DatagramPipe {

  /** Larger than any datagram an Ethernet brings. */
  static final int RECEIVE_LIMIT = 2048;

  /** Room for two flights of a fragmented handshake. */
  private static final int CAPACITY = 32;

  private static final byte[] CLOSED = new byte[0];

  private final Consumer<byte[]> outgoing;
  private volatile @Nullable BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(CAPACITY);
  private volatile @Nullable LastFlight last;
  private volatile boolean closed;

  /** Makes a pipe whose outgoing datagrams go to the given consumer, on any thread. */
  public DatagramPipe(Consumer<byte[]> outgoing) {
    this.outgoing = outgoing;
  }

  /** Takes a datagram of the peer; never blocks. Returns false when it was dropped. */
  public boolean offer(byte[] buf, int off, int len) {
    BlockingQueue<byte[]> queue = incoming;
    if (closed || len <= 0 || len > RECEIVE_LIMIT) {
      return false;
    }
    if (queue != null) {
      return queue.offer(Arrays.copyOfRange(buf, off, off + len));
    }
    LastFlight flight = last;
    if (flight != null) {
      flight.onDatagram(buf, off, len, outgoing);
    }
    return true;
  }

  /**
   * Waits for a datagram of the peer.
   *
   * @param waitMillis how long; 0 for ever
   * @return its length, or -1 when none came
   * @throws IOException when the pipe was closed
   */
  public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
    BlockingQueue<byte[]> queue = incoming;
    byte[] datagram = closed || queue == null ? CLOSED : poll(queue, waitMillis);
    if (closed || datagram == CLOSED) {
      throw new IOException("the transport was closed");
    }
    if (datagram == null) {
      return -1;
    }
    int length = Math.min(len, datagram.length);
    System.arraycopy(datagram, 0, buf, off, length);
    return length;
  }

  private static byte @Nullable [] poll(BlockingQueue<byte[]> queue, int waitMillis)
      throws IOException {
    try {
      return queue.poll(waitMillis == 0 ? Integer.MAX_VALUE : waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Sends a datagram, which must not be changed any more. Any thread. */
  public void send(byte[] datagram) {
    if (!closed) {
      outgoing.accept(datagram);
    }
  }

  /** The handshake is over, and what it sent last was this. Called once, on its thread. */
  void settle(List<byte[]> lastFlight) {
    last = new LastFlight(lastFlight);
    incoming = null;
  }

  /** Ends a handshake that runs; nothing is sent any more. Any thread. */
  public void close() {
    closed = true;
    BlockingQueue<byte[]> queue = incoming;
    if (queue != null) {
      queue.clear();
      queue.offer(CLOSED);
    }
  }
}
