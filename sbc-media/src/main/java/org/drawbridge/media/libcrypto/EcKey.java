package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A private key on the curve P-256, for certificates. Any thread. The library's memory is given
 * back when nothing refers to this any more.
 */
public final class EcKey {

  private static final MemorySegment NONE = MemorySegment.NULL;

  /** The byte 4 and both coordinates (RFC 5480 2.2). */
  private static final int POINT = 65;

  /** Two numbers of 33 bytes in DER. */
  private static final int MAX_SIGNATURE = 72;

  private final MemorySegment key;

  private EcKey(MemorySegment raw) {
    Libcrypto.require(raw.equals(NONE) ? 0 : 1);
    key = raw.reinterpret(Arena.ofAuto(), EcKey::free);
  }

  /** The functions, in a class of their own, so that they are linked when a key is made. */
  private static final class Handles {

    /** Library context, properties, type, and the group for type EC. */
    private static final MethodHandle GENERATE =
        Libcrypto.Handles.link(
            "EVP_PKEY_Q_keygen",
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
            Linker.Option.firstVariadicArg(3));

    private static final MethodHandle FREE =
        Libcrypto.Handles.link("EVP_PKEY_free", FunctionDescriptor.ofVoid(ADDRESS));

    /** Key, name, buffer, its size, where the length goes. */
    private static final MethodHandle GET_OCTETS =
        function("EVP_PKEY_get_octet_string_param", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

    /** Library context, key, properties. */
    private static final MethodHandle NEW_CONTEXT =
        Libcrypto.Handles.link(
            "EVP_PKEY_CTX_new_from_pkey",
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private static final MethodHandle FREE_CONTEXT =
        Libcrypto.Handles.link("EVP_PKEY_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));

    private static final MethodHandle SIGN_INIT = function("EVP_PKEY_sign_init", ADDRESS);

    /** Context, output, where its length is, hash, its length. */
    private static final MethodHandle SIGN =
        function("EVP_PKEY_sign", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);

    private static MethodHandle function(String name, MemoryLayout... arguments) {
      return Libcrypto.Handles.link(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }
  }

  private static void free(MemorySegment key) {
    try {
      Handles.FREE.invokeExact(key);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  /** Makes a key pair by the library's own random numbers. */
  public static EcKey generate() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment type = arena.allocateFrom("EC");
      MemorySegment group = arena.allocateFrom("P-256");
      return new EcKey((MemorySegment) Handles.GENERATE.invokeExact(NONE, NONE, type, group));
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  /** The library's {@code EVP_PKEY}, valid while either is referred to. */
  public MemorySegment handle() {
    return key;
  }

  /** The public key, uncompressed (RFC 5480 2.2). */
  public byte[] publicPoint() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("encoded-pub-key");
      MemorySegment out = arena.allocate(POINT);
      Libcrypto.require((int) Handles.GET_OCTETS.invokeExact(key, name, out, (long) POINT, NONE));
      return out.toArray(JAVA_BYTE);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  /** Signs a hash (ECDSA); the signature is in DER. */
  public byte[] sign(byte[] hash) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(MAX_SIGNATURE);
      MemorySegment length = arena.allocateFrom(JAVA_LONG, MAX_SIGNATURE);
      MemorySegment in = arena.allocateFrom(JAVA_BYTE, hash);
      MemorySegment context = (MemorySegment) Handles.NEW_CONTEXT.invokeExact(NONE, key, NONE);
      try {
        Libcrypto.require((int) Handles.SIGN_INIT.invokeExact(context));
        Libcrypto.require(
            (int) Handles.SIGN.invokeExact(context, out, length, in, (long) hash.length));
        return out.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
      } finally {
        Handles.FREE_CONTEXT.invokeExact(context);
      }
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }
}
