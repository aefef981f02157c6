package org.drawbridge.media.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/** A packet at the start of an array, as jitsi-srtp takes it. */
final class PacketBuffer implements ByteArrayBuffer {

  private final byte[] bytes;
  private int length;

  PacketBuffer(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getOffset() {
    return 0;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int length) {
    this.length = length;
  }

  @Override
  public void setOffset(int offset) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int offset, int count, byte[] to) {
    System.arraycopy(bytes, offset, to, 0, count);
  }

  @Override
  public void grow(int count) {
    // The array has room for any tag.
  }

  @Override
  public void append(byte[] data, int count) {
    System.arraycopy(data, 0, bytes, length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
