package org.drawbridge.app.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text over a stream socket. Blocks; to be called on virtual threads or by a command. */
final class Lines {

  private static final int FIRST = 4_096;

  private Lines() {}

  /** Sends all of a text. */
  static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads up to the first line feed, which is left out, or to the end.
   *
   * @throws IOException if it is longer than {@code max} bytes, or the connection breaks
   */
  static String read(SocketChannel channel, int max) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(FIRST);
    while (channel.read(buffer) >= 0) {
      int end = lineFeed(buffer);
      if (end >= 0) {
        return new String(buffer.array(), 0, end, StandardCharsets.UTF_8);
      }
      if (buffer.position() >= max) {
        throw new IOException("longer than " + max + " bytes");
      }
      if (!buffer.hasRemaining()) {
        int size = Math.min(max + 1, buffer.capacity() * 2);
        buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).position(buffer.position());
      }
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  private static int lineFeed(ByteBuffer buffer) {
    for (int i = 0; i < buffer.position(); i++) {
      if (buffer.array()[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
