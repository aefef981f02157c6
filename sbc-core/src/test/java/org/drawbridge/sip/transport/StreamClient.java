package org.drawbridge.sip.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A plain blocking socket, the other party to our streams. Reading more than is there fails after a
 * deadline.
 */
final class StreamClient implements AutoCloseable {
  private static final int DEADLINE_MS = 60_000;

  final Socket socket;

  StreamClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(DEADLINE_MS);
    socket.setTcpNoDelay(true);
  }

  static StreamClient connect(InetSocketAddress address) throws IOException {
    return new StreamClient(new Socket(address.getAddress(), address.getPort()));
  }

  static StreamClient secure(InetSocketAddress address) throws IOException {
    return new StreamClient(
        TestTls.client().getSocketFactory().createSocket(address.getAddress(), address.getPort()));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Sends each byte for itself. */
  void dribble(String text) throws IOException {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      socket.getOutputStream().write(b);
      socket.getOutputStream().flush();
    }
  }

  /** Reads exactly so many bytes. */
  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** Reads up to an empty line, which is included. */
  String readHead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (!out.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      out.write(next);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Reads all until the server closes. */
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Ends the connection as a crash does: with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
