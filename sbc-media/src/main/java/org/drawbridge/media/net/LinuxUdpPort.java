package org.drawbridge.media.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.libc.DatagramBatch;
import org.drawbridge.media.libc.SocketAddress;
import org.drawbridge.media.libc.UdpSocket;
import org.jspecify.annotations.Nullable;

/**
 * A UDP port read by a {@link LinuxLoop}, which has to read it before it can send. What it sends
 * leaves at the end of the loop's round, from the shared port of many peers in one call. The port
 * of one peer gets a second socket, connected to where it steadily sends: the kernel then finds
 * socket and route at once. What others send still comes to the first one, so nothing is lost from
 * sight.
 */
final class LinuxUdpPort implements UdpPort {

  private static final Logger LOG = LogManager.getLogger(LinuxUdpPort.class);

  /** Datagrams to one address in a row after which a connected socket pays. */
  private static final int STEADY = 16;

  private final UdpSocket socket;
  private final boolean ipv4;
  private final PortUse use;
  private final @Nullable DatagramBatch batch;
  private @Nullable LinuxLoop loop;
  private @Nullable InetSocketAddress lastTarget;
  private @Nullable SocketAddress lastNumbers;
  private int sentInRow;
  private @Nullable UdpSocket twin;
  private @Nullable SocketAddress twinPeer;
  private boolean twinFits;
  private boolean closed;

  private LinuxUdpPort(UdpSocket socket, boolean ipv4, PortUse use) {
    this.socket = socket;
    this.ipv4 = ipv4;
    this.use = use;
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

  /** Whether many peers send to it. */
  boolean isShared() {
    return batch != null;
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
      sendNow(sender, buf, off, len, numbers);
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

  private void sendNow(LinuxLoop sender, byte[] buf, int off, int len, SocketAddress to) {
    UdpSocket connected = twin;
    if (twinFits && connected != null) {
      sender.outgoing().add(connected, buf, off, len);
      return;
    }
    sender.outgoing().add(socket, buf, off, len, to);
    if (use == PortUse.LEG && ++sentInRow == STEADY) {
      connect(sender, to);
    }
  }

  private void connect(LinuxLoop reader, SocketAddress peer) {
    closeTwin();
    try {
      UdpSocket connected = socket.twin(peer);
      twin = connected;
      twinPeer = peer;
      twinFits = true;
      reader.readToo(this, connected);
    } catch (IOException e) {
      LOG.debug("UDP port {} stays unconnected: {}", port(), e.toString());
      closeTwin();
    }
  }

  private void closeTwin() {
    UdpSocket old = twin;
    if (old != null) {
      if (loop != null) {
        loop.forget(old);
      }
      old.close();
    }
    twin = null;
    twinPeer = null;
    twinFits = false;
  }

  /** Null where this socket cannot reach such an address. */
  private @Nullable SocketAddress numbers(InetSocketAddress to) {
    if (to != lastTarget) {
      InetAddress address = to.getAddress();
      boolean reachable = address instanceof Inet4Address || address != null && !ipv4;
      lastTarget = to;
      lastNumbers = reachable ? AddressCache.numbers(to) : null;
      twinFits = twinPeer != null && twinPeer.equals(lastNumbers);
      sentInRow = 0;
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
    closeTwin();
    closed = true;
    socket.close();
    if (batch != null) {
      batch.close();
    }
  }
}
