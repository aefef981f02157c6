package org.drawbridge.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/** A socket that sends bytes as they are and hears what comes back. */
interface TorturePeer extends AutoCloseable {
  /** What {@link #hear} says when the other side has closed. */
  String CLOSED = "closed";

  void send(byte[] bytes) throws Exception;

  /** The next message, or several on a stream; null if none comes in time. */
  @Nullable String hear(int ms) throws Exception;

  @Override
  void close();

  static TorturePeer open(Transport transport, InetSocketAddress to) throws Exception {
    return switch (transport) {
      case UDP -> new Datagrams(to);
      case TCP -> new Stream(to);
      case WS -> new Frames(to);
      case TLS, WSS -> throw new IllegalArgumentException("not tortured: " + transport);
    };
  }

  /** UDP. */
  final class Datagrams implements TorturePeer {
    private final DatagramSocket socket;

    Datagrams(InetSocketAddress to) throws IOException {
      socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
      socket.connect(to);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
      socket.send(new DatagramPacket(bytes, bytes.length));
    }

    @Override
    public @Nullable String hear(int ms) throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      socket.setSoTimeout(ms);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return null;
      }
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** TCP. */
  final class Stream implements TorturePeer {
    private final Socket socket;

    Stream(InetSocketAddress to) throws IOException {
      socket = new Socket(to.getAddress(), to.getPort());
      socket.setTcpNoDelay(true);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    @Override
    public @Nullable String hear(int ms) throws IOException {
      byte[] bytes = new byte[65_536];
      socket.setSoTimeout(ms);
      try {
        int count = socket.getInputStream().read(bytes);
        return count < 0 ? CLOSED : new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      } catch (SocketTimeoutException e) {
        return null;
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One binary WebSocket message for each message. */
  final class Frames implements TorturePeer, WebSocket.Listener {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final WebSocket socket;

    Frames(InetSocketAddress to) {
      socket =
          CLIENT
              .newWebSocketBuilder()
              .subprotocols("sip")
              .buildAsync(URI.create("ws://127.0.0.1:" + to.getPort() + "/"), this)
              .join();
    }

    @Override
    public void send(byte[] bytes) {
      socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    @Override
    public @Nullable String hear(int ms) throws InterruptedException {
      return heard.poll(ms, TimeUnit.MILLISECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      return add(from, bytes, last);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      return add(from, part.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    private @Nullable CompletionStage<?> add(WebSocket from, byte[] bytes, boolean last) {
      message.writeBytes(bytes);
      if (last) {
        heard.add(message.toString(StandardCharsets.ISO_8859_1));
        message.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      heard.add(CLOSED);
      return null;
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
