package org.drawbridge.unruly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.drawbridge.sipunit.WireMessage;

/** A UDP socket. */
final class UdpLine implements Line {

  private final DatagramSocket socket;
  private final InetSocketAddress sbc;

  UdpLine(InetSocketAddress local, InetSocketAddress sbc) {
    try {
      this.socket = new DatagramSocket(local);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.sbc = sbc;
  }

  @Override
  public void start(Consumer<WireMessage> hears) {
    Thread.ofVirtual().start(() -> read(hears));
  }

  private void read(Consumer<WireMessage> hears) {
    byte[] buffer = new byte[65_536];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException _) {
        return; // closed
      }
      String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
      if (text.contains("\r\n\r\n")) {
        hears.accept(new WireMessage(text, 0));
      }
    }
  }

  @Override
  public String transport() {
    return "UDP";
  }

  @Override
  public InetAddress address() {
    return socket.getLocalAddress();
  }

  @Override
  public String hostPort() {
    return address().getHostAddress() + ":" + socket.getLocalPort();
  }

  @Override
  public void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, sbc));
    } catch (IOException _) {
      // closed: the test is over
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
