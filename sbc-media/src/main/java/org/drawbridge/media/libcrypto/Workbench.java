package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Memory outside the heap where one packet at a time is worked on. Confined to a thread. */
public final class Workbench {

  /** The longest packet, tag and trailer included. */
  public static final int PACKET = 4096;

  private static final ThreadLocal<Workbench> OWN = ThreadLocal.withInitial(Workbench::new);

  private static final ValueLayout.OfInt BIG_ENDIAN_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int IV = PACKET;
  private static final int COUNT = IV + 32;
  private static final int DIGEST = COUNT + 32;
  private static final int HASH = DIGEST + 32;
  private static final int SIZE = HASH + HmacSha1.STATE;

  private final MemorySegment memory = Arena.ofAuto().allocate(SIZE, 16);
  private final long address = memory.address();

  private Workbench() {}

  /** That of the current thread. */
  public static Workbench own() {
    return OWN.get();
  }

  /** Puts a packet there; it must fit. */
  public void load(byte[] buf, int off, int len) {
    load(buf, off, 0, len);
  }

  /** Puts bytes at a place in the packet. */
  public void load(byte[] buf, int off, int at, int len) {
    MemorySegment.copy(buf, off, memory, JAVA_BYTE, at, len);
  }

  /** Copies a part of the packet back. */
  public void store(int at, byte[] buf, int off, int len) {
    MemorySegment.copy(memory, JAVA_BYTE, at, buf, off, len);
  }

  /** Writes a big-endian number into the packet. */
  public void putInt(int at, int value) {
    memory.set(BIG_ENDIAN_INT, at, value);
  }

  /** Copies the start of the last digest into the packet. */
  public void putDigest(int at, int len) {
    MemorySegment.copy(memory, DIGEST, memory, at, len);
  }

  /** Whether the packet has the start of the last digest at some place; takes as long for any. */
  public boolean hasDigest(int at, int len) {
    int difference = 0;
    for (int i = 0; i < len; i++) {
      difference |= memory.get(JAVA_BYTE, at + i) ^ memory.get(JAVA_BYTE, DIGEST + i);
    }
    return difference == 0;
  }

  long packet(int at) {
    return address + at;
  }

  /** Where the IV for a call is put. */
  long iv(byte[] iv) {
    MemorySegment.copy(iv, 0, memory, JAVA_BYTE, IV, iv.length);
    return address + IV;
  }

  /** Where functions say how much they wrote. */
  long count() {
    return address + COUNT;
  }

  long digest() {
    return address + DIGEST;
  }

  /** Puts the state of a hash there. */
  long hash(byte[] state) {
    MemorySegment.copy(state, 0, memory, JAVA_BYTE, HASH, state.length);
    return address + HASH;
  }
}
