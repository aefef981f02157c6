package org.drawbridge.media.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.libc.DatagramBatch;
import org.drawbridge.media.libc.SocketAddress;
import org.drawbridge.media.libc.UdpSocket;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket read by a {@link LinuxLoop}, which has to read it before it can send. What the
 * shared port of many peers sends leaves in batches, at the end of the loop's round.
 */
final class LinuxUdpPort implements UdpPort {

  private final UdpSocket socket;
  private final boolean ipv4;
  private final @Nullable DatagramBatch batch;
  private @Nullable LinuxLoop loop;
  private @Nullable InetSocketAddress lastTarget;
  private @Nullable SocketAddress lastNumbers;
  private boolean closed;

  private LinuxUdpPort(UdpSocket socket, boolean ipv4, PortUse use) {
    this.socket = socket;
    this.ipv4 = ipv4;
    batch = use == PortUse.SHARED ? LinuxLoop.newBatch() : null;
  }

  static LinuxUdpPort bind(InetAddress address, int port, PortUse use) throws IOException {
    UdpSocket socket = UdpSocket.bind(address, port, use.bufferBytes(), DSCP_EF);
    return new LinuxUdpPort(socket, address instanceof Inet4Address, use);
  }

  @Override
  public int port() {
    return socket.port();
  }

  UdpSocket socket() {
    return socket;
  }

  void attach(LinuxLoop reader) {
    loop = reader;
  }

  @Override
  public void send(byte[] buf, int off, int len, InetSocketAddress to) {
    SocketAddress numbers = numbers(to);
    LinuxLoop sender = loop;
    if (numbers == null || sender == null || closed) {
      return;
    }
    if (batch == null) {
      sender.single().add(socket, buf, off, len, numbers);
      sender.single().sendOne(socket);
      return;
    }
    if (batch.size() == 0) {
      sender.sendLater(this);
    }
    batch.add(socket, buf, off, len, numbers);
    if (batch.isFull()) {
      batch.send(socket);
    }
  }

  /** Null where this socket cannot reach such an address. */
  private @Nullable SocketAddress numbers(InetSocketAddress to) {
    if (to != lastTarget) {
      InetAddress address = to.getAddress();
      boolean reachable = address instanceof Inet4Address || address != null && !ipv4;
      lastTarget = to;
      lastNumbers = reachable ? AddressCache.numbers(to) : null;
    }
    return lastNumbers;
  }

  /** Sends what has gathered. */
  void flush() {
    if (batch != null && !closed) {
      batch.send(socket);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return; // the number of the descriptor may be another socket's by now
    }
    if (loop != null) {
      loop.forget(this);
    }
    closed = true;
    socket.close();
    if (batch != null) {
      batch.close();
    }
  }
}
