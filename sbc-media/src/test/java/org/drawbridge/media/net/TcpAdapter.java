package org.drawbridge.media.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.drawbridge.media.plane.LocalMedia;

/** Carries a test browser's datagrams over one ICE-TCP connection, cut into odd pieces. */
final class TcpAdapter implements AutoCloseable {

  private static final int PIECE = 7;

  private final DatagramSocket inner;
  private final Socket outer;
  private volatile SocketAddress browser = new InetSocketAddress(TestSocket.LOOPBACK, 9);

  /** Connects to the first TCP candidate. */
  TcpAdapter(LocalMedia gateway) {
    try {
      inner = new DatagramSocket(0, TestSocket.LOOPBACK);
      InetSocketAddress to = gateway.streams().getFirst();
      outer = new Socket(to.getAddress(), to.getPort());
      outer.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::toGateway);
    Thread.ofVirtual().start(this::toBrowser);
  }

  /** What the gateway says of itself, for a browser that goes through here. */
  LocalMedia through(LocalMedia gateway) {
    InetSocketAddress here = new InetSocketAddress(TestSocket.LOOPBACK, inner.getLocalPort());
    return new LocalMedia(here, here, List.of(here), gateway.ice());
  }

  int port() {
    return outer.getLocalPort();
  }

  boolean isOpen() {
    return !outer.isClosed();
  }

  private void toGateway() {
    byte[] buf = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buf, buf.length);
        inner.receive(packet);
        browser = packet.getSocketAddress();
        ByteBuffer frame = ByteBuffer.allocate(2 + packet.getLength());
        frame.putShort((short) packet.getLength()).put(buf, 0, packet.getLength()).flip();
        while (frame.hasRemaining()) {
          byte[] piece = new byte[Math.min(PIECE * PIECE, frame.remaining())];
          frame.get(piece);
          outer.getOutputStream().write(piece);
        }
      }
    } catch (IOException e) {
      close();
    }
  }

  private void toBrowser() {
    try {
      DataInputStream stream = new DataInputStream(outer.getInputStream());
      while (true) {
        byte[] packet = new byte[stream.readUnsignedShort()];
        stream.readFully(packet);
        inner.send(new DatagramPacket(packet, packet.length, browser));
      }
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void close() {
    inner.close();
    try {
      outer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
