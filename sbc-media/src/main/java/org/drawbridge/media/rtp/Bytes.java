package org.drawbridge.media.rtp;

/** Big-endian integers in byte arrays, the order of every protocol here. */
public final class Bytes {

  private Bytes() {}

  /** An unsigned 16 bit integer. */
  public static int u16(byte[] buf, int at) {
    return (buf[at] & 0xFF) << 8 | (buf[at + 1] & 0xFF);
  }

  /** A 32 bit integer. */
  public static int u32(byte[] buf, int at) {
    return u16(buf, at) << 16 | u16(buf, at + 2);
  }

  /** Writes the low 16 bits of a value. */
  public static void put16(byte[] buf, int at, int value) {
    buf[at] = (byte) (value >> 8);
    buf[at + 1] = (byte) value;
  }

  /** Writes a 32 bit value. */
  public static void put32(byte[] buf, int at, int value) {
    put16(buf, at, value >>> 16);
    put16(buf, at + 2, value);
  }
}
