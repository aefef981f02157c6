package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a message under construction. */
final class WireBuffer {
  private byte[] bytes;
  private int length;

  WireBuffer(int expected) {
    bytes = new byte[expected];
  }

  WireBuffer put(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return put(encoded, 0, encoded.length);
  }

  WireBuffer put(byte[] from, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
    return this;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
