package org.drawbridge.app.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Asks a running program at its control socket. */
public final class ControlClient {

  private ControlClient() {}

  /**
   * Sends one request and waits for its answer, for as long as that takes.
   *
   * @return null if nobody answers there
   * @throws IOException if somebody does and then breaks off, or we may not ask there
   */
  public static @Nullable ControlReply ask(Path socket, ControlRequest request) throws IOException {
    try (SocketChannel channel = connect(socket)) {
      if (channel == null) {
        return null;
      }
      Lines.write(channel, request.line() + "\n");
      ControlReply reply = ControlReply.parse(Lines.read(channel, ControlReply.MAX_BYTES));
      if (reply == null) {
        throw new IOException("no answer to be understood from " + socket);
      }
      return reply;
    }
  }

  private static @Nullable SocketChannel connect(Path socket) throws IOException {
    if (Files.notExists(socket)) {
      return null;
    }
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (ConnectException e) {
      return null; // what a program that was killed has left
    }
  }
}
