package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * HMAC-SHA1 (RFC 2104) under one key. The two states after the padded key are kept, so that a
 * packet costs no more than its own blocks and one.
 */
public final class HmacSha1 {

  /** Bytes of {@code SHA_CTX}. */
  static final int STATE = 96;

  private static final int BLOCK = 64;
  private static final int DIGEST = 20;
  private static final int INNER = 0x36;
  private static final int OUTER = 0x5C;

  private final byte[] inner;
  private final byte[] outer;

  /** Takes a key of at most 64 bytes. */
  public HmacSha1(byte[] key) {
    inner = stateAfter(key, INNER);
    outer = stateAfter(key, OUTER);
  }

  private static byte[] stateAfter(byte[] key, int pad) {
    byte[] block = Arrays.copyOf(key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      block[i] ^= (byte) pad;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE, 8);
      MemorySegment padded = arena.allocateFrom(JAVA_BYTE, block);
      Libcrypto.require((int) Libcrypto.Handles.SHA1_INIT.invokeExact(state.address()));
      update(state.address(), padded.address(), BLOCK);
      byte[] kept = state.toArray(JAVA_BYTE);
      padded.fill((byte) 0);
      state.fill((byte) 0);
      return kept;
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  private static void update(long state, long data, long len) throws Throwable {
    Libcrypto.require((int) Libcrypto.Handles.SHA1_UPDATE.invokeExact(state, data, len));
  }

  /** Leaves the digest of the packet's first bytes on the bench. */
  public void digest(Workbench bench, int len) {
    try {
      long state = bench.hash(inner);
      update(state, bench.packet(0), len);
      finish(bench.digest(), state);
      state = bench.hash(outer);
      update(state, bench.digest(), DIGEST);
      finish(bench.digest(), state);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  private static void finish(long digest, long state) throws Throwable {
    Libcrypto.require((int) Libcrypto.Handles.SHA1_FINAL.invokeExact(digest, state));
  }
}
