package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Between a media loop, which pushes datagrams, and a blocking handshake, which pulls them.
 * Bounded: when it is full the datagram is dropped, as a network would. Thread-safe; only the
 * handshake's thread receives.
 */
public final class DatagramPipe implements DatagramTransport {

  /** Room for two flights of a fragmented handshake. */
  private static final int CAPACITY = 32;

  /** Larger than any datagram an Ethernet brings. */
  private static final int RECEIVE_LIMIT = 2048;

  /** Our flights are cut to fit IPv6's minimum MTU with headers to spare. */
  private static final int SEND_LIMIT = 1200;

  private static final byte[] CLOSED = new byte[0];

  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(CAPACITY);
  private final Consumer<byte[]> outgoing;
  private volatile boolean closed;

  /** Makes a pipe whose outgoing datagrams go to the given consumer, on the handshake's thread. */
  public DatagramPipe(Consumer<byte[]> outgoing) {
    this.outgoing = outgoing;
  }

  /** Copies a datagram in; never blocks. Returns false when it was dropped. */
  public boolean offer(byte[] buf, int off, int len) {
    return !closed
        && len > 0
        && len <= RECEIVE_LIMIT
        && incoming.offer(Arrays.copyOfRange(buf, off, off + len));
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
    byte[] datagram;
    try {
      datagram =
          closed
              ? CLOSED
              : incoming.poll(
                  waitMillis == 0 ? Integer.MAX_VALUE : waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
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

  @Override
  public void send(byte[] buf, int off, int len) {
    if (!closed) {
      outgoing.accept(Arrays.copyOfRange(buf, off, off + len));
    }
  }

  @Override
  public void close() {
    closed = true;
    incoming.clear();
    incoming.offer(CLOSED);
  }
}
