package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/**
 * AES under one key, in counter mode or GCM, in both directions. The library's memory is given back
 * when nothing refers to this any more.
 */
public final class AesContext {

  /** Modes of operation. */
  public enum Mode {
    /** Counter mode: 16 bytes of IV, both directions alike. */
    CTR,
    /** Galois counter mode: 12 bytes of IV, 16 of tag. */
    GCM
  }

  /** Bytes of a GCM tag. */
  public static final int TAG = 16;

  private static final long NONE = 0;
  private static final int ENCRYPT = 1;
  private static final int DECRYPT = 0;
  private static final int TRAILER = 4;
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;

  private static final Cleaner CLEANER = Cleaner.create();

  /** Gives a context back; less is kept for each than an arena would. */
  private record Release(long context) implements Runnable {
    @Override
    public void run() {
      try {
        Libcrypto.Handles.FREE.invokeExact(context);
      } catch (Throwable e) {
        throw Libcrypto.unexpected(e);
      }
    }
  }

  private final long context;

  /** Takes a key of 16, 24 (counter mode only) or 32 bytes. */
  public AesContext(Mode mode, byte[] key) {
    try (Arena arena = Arena.ofConfined()) {
      context = (long) Libcrypto.Handles.NEW.invokeExact();
      Libcrypto.require(context == NONE ? 0 : 1);
      CLEANER.register(this, new Release(context));
      MemorySegment secret = arena.allocateFrom(JAVA_BYTE, key);
      long cipher = (long) cipher(mode, key.length).invokeExact();
      init(cipher, secret.address(), NONE, ENCRYPT);
      secret.fill((byte) 0);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  private static MethodHandle cipher(Mode mode, int keyLength) {
    return switch (mode) {
      case CTR ->
          switch (keyLength) {
            case 16 -> Libcrypto.Handles.AES_128_CTR;
            case 24 -> Libcrypto.Handles.AES_192_CTR;
            default -> Libcrypto.Handles.AES_256_CTR;
          };
      case GCM -> keyLength == 16 ? Libcrypto.Handles.AES_128_GCM : Libcrypto.Handles.AES_256_GCM;
    };
  }

  private void init(long cipher, long key, long iv, int encrypt) throws Throwable {
    Libcrypto.require(
        (int) Libcrypto.Handles.INIT.invokeExact(context, cipher, NONE, key, iv, encrypt));
  }

  private void update(Workbench bench, long out, long in, int len) throws Throwable {
    Libcrypto.require(
        (int) Libcrypto.Handles.UPDATE.invokeExact(context, out, bench.count(), in, len));
  }

  /** Encrypts or decrypts a part of the packet in counter mode. */
  public void applyCounter(Workbench bench, byte[] iv, int at, int len) {
    try {
      init(NONE, NONE, bench.iv(iv), ENCRYPT);
      update(bench, bench.packet(at), bench.packet(at), len);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Seals what lies behind the first {@code clear} bytes of a packet of {@code len} and appends the
   * tag. The 4 bytes behind the tag are authenticated too if {@code trailer}.
   */
  public void seal(Workbench bench, byte[] iv, int clear, int len, boolean trailer) {
    try {
      init(NONE, NONE, bench.iv(iv), ENCRYPT);
      pass(bench, clear, len, trailer);
      long end = bench.packet(len);
      Libcrypto.require((int) Libcrypto.Handles.FINAL.invokeExact(context, end, bench.count()));
      Libcrypto.require((int) Libcrypto.Handles.CTRL.invokeExact(context, GET_TAG, TAG, end));
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Opens what lies between the first {@code clear} bytes of a packet and its tag, which begins at
   * {@code len}. The 4 bytes behind the tag are authenticated too if {@code trailer}.
   *
   * @return false when the tag is wrong; the packet is undefined then
   */
  public boolean open(Workbench bench, byte[] iv, int clear, int len, boolean trailer) {
    try {
      init(NONE, NONE, bench.iv(iv), DECRYPT);
      pass(bench, clear, len, trailer);
      long end = bench.packet(len);
      Libcrypto.require((int) Libcrypto.Handles.CTRL.invokeExact(context, SET_TAG, TAG, end));
      return (int) Libcrypto.Handles.FINAL.invokeExact(context, bench.digest(), bench.count()) > 0;
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Authenticates what stays clear, then encrypts or decrypts the rest. */
  private void pass(Workbench bench, int clear, int len, boolean trailer) throws Throwable {
    update(bench, NONE, bench.packet(0), clear);
    if (trailer) {
      update(bench, NONE, bench.packet(len + TAG), TRAILER);
    }
    update(bench, bench.packet(clear), bench.packet(clear), len - clear);
  }
}
