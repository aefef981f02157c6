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
    int count = text.length();
    reserve(count);
    byte[] to = bytes;
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c > 0x7f) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return put(encoded, 0, encoded.length);
      }
      to[at + i] = (byte) c;
    }
    length += count;
    return this;
  }

  WireBuffer put(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
    return this;
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }

  int length() {
    return length;
  }

  /** What is there so far, with unused room behind it. */
  byte[] bytes() {
    return bytes;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
