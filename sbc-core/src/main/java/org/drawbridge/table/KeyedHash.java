package org.drawbridge.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a hash of 64 bits that nobody without its key can
 * make collide, so that peers may choose the bytes. Immutable.
 */
public final class KeyedHash {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long key0;
  private final long key1;

  /** A hash with this key. */
  public KeyedHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** A hash with a key of its own. */
  public static KeyedHash random(SecureRandom random) {
    return new KeyedHash(random.nextLong(), random.nextLong());
  }

  /** The hash of all these bytes. */
  public long of(byte[] bytes) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    int whole = bytes.length & ~7;
    // Each word, then the last one with what is left of the bytes and the length, then the end.
    for (int at = 0; at <= whole + 8; at += 8) {
      boolean end = at > whole;
      long word = end ? 0 : at < whole ? (long) LONG.get(bytes, at) : rest(bytes, whole);
      int rounds = end ? 4 : 2;
      v2 ^= end ? 0xff : 0;
      v3 ^= word;
      for (int i = 0; i < rounds; i++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long rest(byte[] bytes, int from) {
    long word = (long) bytes.length << 56;
    for (int i = from; i < bytes.length; i++) {
      word |= (bytes[i] & 0xffL) << (8 * (i - from));
    }
    return word;
  }
}
