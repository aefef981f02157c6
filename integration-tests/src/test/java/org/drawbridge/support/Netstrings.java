package org.drawbridge.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Messages as {@code length:bytes,}, the framing of baresip's control port. */
final class Netstrings {

  private static final int LONGEST = 1 << 20;

  private Netstrings() {}

  static void write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] head = (bytes.length + ":").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[head.length + bytes.length + 1];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(bytes, 0, frame, head.length, bytes.length);
    frame[frame.length - 1] = ',';
    out.write(frame);
    out.flush();
  }

  static String read(InputStream in) throws IOException {
    int length = 0;
    for (int c = next(in); c != ':'; c = next(in)) {
      if (c < '0' || c > '9' || length > LONGEST) {
        throw new IOException("not a netstring");
      }
      length = 10 * length + c - '0';
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || next(in) != ',') {
      throw new IOException("netstring cut short");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int next(InputStream in) throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException();
    }
    return c;
  }
}
