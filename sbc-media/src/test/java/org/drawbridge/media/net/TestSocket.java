package org.drawbridge.media.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A peer's UDP socket on loopback: what arrives waits in a queue or goes to a consumer. */
class TestSocket implements AutoCloseable {

  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final long DEADLINE_MILLIS = 30_000;
  private static final long RESEND_MILLIS = 50;

  private final DatagramSocket socket;
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private volatile Consumer<byte[]> consumer = received::add;

  TestSocket() {
    this(0);
  }

  TestSocket(int port) {
    try {
      socket = new DatagramSocket(port, LOOPBACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
  }

  void consume(Consumer<byte[]> newConsumer) {
    consumer = newConsumer;
  }

  private void read() {
    byte[] buf = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buf, buf.length);
        socket.receive(packet);
        consumer.accept(Arrays.copyOf(buf, packet.getLength()));
      } catch (SocketTimeoutException e) {
        throw new AssertionError(e);
      } catch (IOException e) {
        return;
      }
    }
  }

  void send(byte[] datagram, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next datagram that a test is interested in; others are thrown away. */
  byte[] await(Predicate<byte[]> wanted) throws InterruptedException {
    byte[] found = poll(wanted, DEADLINE_MILLIS);
    if (found == null) {
      throw new AssertionError("nothing of the kind arrived within " + DEADLINE_MILLIS + " ms");
    }
    return found;
  }

  /** As {@link #await(Predicate)}, sending anew now and then, as media does, until it arrives. */
  byte[] awaitSending(IntConsumer attempt, Predicate<byte[]> wanted) throws InterruptedException {
    for (int i = 0; i < DEADLINE_MILLIS / RESEND_MILLIS; i++) {
      attempt.accept(i);
      byte[] found = poll(wanted, RESEND_MILLIS);
      if (found != null) {
        return found;
      }
    }
    throw new AssertionError("nothing of the kind arrived within " + DEADLINE_MILLIS + " ms");
  }

  byte[] await() throws InterruptedException {
    return await(datagram -> true);
  }

  private byte @Nullable [] poll(Predicate<byte[]> wanted, long millis)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    byte[] datagram;
    while ((datagram = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS)) != null) {
      if (wanted.test(datagram)) {
        return datagram;
      }
    }
    return null;
  }

  void queue(byte[] datagram) {
    received.add(datagram);
  }

  @Override
  public void close() {
    socket.close();
  }
}
