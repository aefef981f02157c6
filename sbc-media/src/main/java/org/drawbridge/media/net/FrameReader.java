package org.drawbridge.media.net;

import java.nio.ByteBuffer;

/**
 * Cuts a TCP stream into frames (RFC 4571): two bytes of length, then a packet. Keeps at most one
 * frame that is not whole yet. Not thread-safe.
 */
final class FrameReader {

  private static final int LENGTH_BYTES = 2;

  private final byte[] partial = new byte[LENGTH_BYTES + MediaLoop.MAX_DATAGRAM];
  private int have;

  /** Takes a packet; buffer and content belong to the reader again when this returns. */
  interface FrameHandler {
    void onFrame(byte[] buf, int off, int len);
  }

  /**
   * Takes all of what was read.
   *
   * @return false when a frame is longer than any packet may be: the stream is of no use any more
   */
  boolean read(ByteBuffer stream, FrameHandler handler) {
    while (stream.hasRemaining()) {
      if (have < LENGTH_BYTES) {
        partial[have++] = stream.get();
        continue;
      }
      int length = length();
      if (length > MediaLoop.MAX_DATAGRAM) {
        return false;
      }
      int take = Math.min(stream.remaining(), LENGTH_BYTES + length - have);
      stream.get(partial, have, take);
      have += take;
      if (have == LENGTH_BYTES + length) {
        finish(length, handler);
      }
    }
    return have < LENGTH_BYTES || length() <= MediaLoop.MAX_DATAGRAM;
  }

  /** A frame without content is allowed and means nothing. */
  private void finish(int length, FrameHandler handler) {
    have = 0;
    if (length > 0) {
      handler.onFrame(partial, LENGTH_BYTES, length);
    }
  }

  private int length() {
    return (partial[0] & 0xFF) << 8 | partial[1] & 0xFF;
  }
}
