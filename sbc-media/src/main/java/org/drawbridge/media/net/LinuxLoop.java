package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.libc.DatagramBatch;
import org.drawbridge.media.libc.Epoll;
import org.drawbridge.media.libc.SendQueue;
import org.drawbridge.media.libc.UdpSocket;
import org.jspecify.annotations.Nullable;

/**
 * A media loop over Linux's epoll, {@code recvmmsg} and {@code sendmmsg}. In one round it reads
 * every socket that has something, and then sends what is to go out: by a shared socket in one
 * call, by others in a row. No object is made for a packet of a known source.
 */
final class LinuxLoop extends MediaLoop {

  private static final Logger LOG = LogManager.getLogger(LinuxLoop.class);
  private static final int SLOT = MAX_DATAGRAM + TAIL_ROOM;
  private static final int SEND_BATCH = 64;

  /** How long a round of a busy loop lasts at least: far less than is heard. */
  private static final long ROUND_NANOS = 250_000;

  /** Datagrams in a round that show a loop to be busy. */
  private static final int BUSY = 3;

  private final Epoll epoll = new Epoll();
  private final DatagramBatch incoming = new DatagramBatch(READ_BATCH, SLOT);
  private final SendQueue outgoing = new SendQueue(SEND_BATCH, SLOT);
  private final AddressCache addresses = new AddressCache();
  private final List<LinuxUdpPort> waiting = new ArrayList<>();
  private @Nullable Watched[] watched = new Watched[64];
  private long roundNanos;
  private int received;

  LinuxLoop(String name) throws IOException {
    super(name);
  }

  /** A socket, the port it belongs to, and who takes what it receives. */
  private record Watched(LinuxUdpPort port, UdpSocket socket, DatagramHandler handler) {}

  @Override
  void read(UdpPort port, DatagramHandler handler) {
    LinuxUdpPort own = (LinuxUdpPort) port;
    try {
      watch(new Watched(own, own.socket(), handler));
      own.attach(this);
    } catch (IOException e) {
      LOG.warn("UDP port {} cannot be read", port.port(), e);
    }
  }

  private void watch(Watched one) throws IOException {
    int fd = one.socket.fd();
    epoll.watch(one.socket);
    if (fd >= watched.length) {
      watched = Arrays.copyOf(watched, Math.max(fd + 1, 2 * watched.length));
    }
    watched[fd] = one;
  }

  /** Reads another socket of a port that is read already. */
  void readToo(LinuxUdpPort port, UdpSocket twin) throws IOException {
    Watched known = watched[port.socket().fd()];
    if (known != null) {
      watch(new Watched(port, twin, known.handler));
    }
  }

  /** Sends what a socket that is about to be closed was given, and stops to read it. */
  void forget(UdpSocket socket) {
    outgoing.send(); // the number of its descriptor may soon be another socket's
    if (socket.fd() < watched.length) {
      watched[socket.fd()] = null;
    }
  }

  /** Forgets a port that is about to be closed. */
  void forget(LinuxUdpPort port) {
    forget(port.socket());
    waiting.remove(port);
  }

  @Override
  void poll(long maxMillis) {
    gather();
    int count = epoll.await((int) maxMillis);
    roundNanos = now();
    received = 0;
    for (int i = 0; i < count; i++) {
      int fd = epoll.ready(i);
      Watched one = fd < 0 ? null : watched[fd];
      if (one != null) {
        readBatch(one);
      }
    }
  }

  /** While much comes, lets some of it gather: to be woken for each datagram costs too much. */
  private void gather() {
    long rest = ROUND_NANOS - (now() - roundNanos);
    if (received >= BUSY && rest > 0) {
      Epoll.rest((int) (rest / 1000));
    }
  }

  private void readBatch(Watched one) {
    int count =
        one.port.isShared() ? incoming.receive(one.socket) : incoming.receiveOne(one.socket);
    long nowNanos = now();
    received += count;
    for (int i = 0; i < count; i++) {
      int len = incoming.length(i);
      if (len > 0 && len <= MAX_DATAGRAM) {
        InetSocketAddress from = addresses.of(incoming.high(i), incoming.low(i), incoming.port(i));
        incoming.copy(i, packet(), len);
        deliver(one.handler, len, from, nowNanos);
      }
    }
  }

  /** What sockets of one peer each send at the end of the round. */
  SendQueue outgoing() {
    return outgoing;
  }

  /** A batch for a socket that is shared by many; {@link #flush} sends it. */
  static DatagramBatch newBatch() {
    return new DatagramBatch(SEND_BATCH, SLOT);
  }

  /** Remembers that a socket has something to send at the end of the round. */
  void sendLater(LinuxUdpPort port) {
    waiting.add(port);
  }

  @Override
  void flush() {
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).flush();
    }
    waiting.clear();
    outgoing.send();
  }

  @Override
  void wakeUp() {
    epoll.wakeUp();
  }

  @Override
  void release() {
    for (Watched one : watched) {
      if (one != null) {
        one.port.close();
      }
    }
    incoming.close();
    outgoing.close();
    epoll.close();
  }
}
