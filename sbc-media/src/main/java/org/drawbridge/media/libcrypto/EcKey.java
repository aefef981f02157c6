package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A key on an elliptic curve: agrees on secrets (ECDH) and, on P-256, signs and verifies hashes
 * (ECDSA). Any thread. The library's memory is given back when nothing refers to this any more.
 */
public final class EcKey {

  /** Whether the library is there and can do this. Any thread. */
  public static final boolean AVAILABLE = Libcrypto.AVAILABLE && hasHandles();

  private static final MemorySegment NONE = MemorySegment.NULL;
  private static final byte UNCOMPRESSED = 4;
  private static final int SECRET = 32;

  /** Two numbers of 33 bytes in DER. */
  private static final int MAX_SIGNATURE = 72;

  /** What is done with a key, in a context of the library that is made for it. */
  private interface Task<T extends @Nullable Object> {
    T run(MemorySegment context, Arena arena) throws Throwable;
  }

  private final EcCurve curve;
  private final MemorySegment key;

  private EcKey(EcCurve curve, MemorySegment raw) {
    Libcrypto.require(raw.equals(NONE) ? 0 : 1);
    this.curve = curve;
    key = raw.reinterpret(Arena.ofAuto(), EcKey::free);
  }

  private static boolean hasHandles() {
    try {
      return EcHandles.GENERATE != null;
    } catch (LinkageError e) {
      return false;
    }
  }

  private static void free(MemorySegment key) {
    try {
      EcHandles.FREE.invokeExact(key);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  /** Makes a key pair by the library's own random numbers. */
  public static EcKey generate(EcCurve curve) {
    return new EcKey(curve, curve.sample().inContext(EcKey::another));
  }

  private static MemorySegment another(MemorySegment context, Arena arena) throws Throwable {
    MemorySegment at = arena.allocateFrom(ADDRESS, NONE);
    Libcrypto.require((int) EcHandles.GENERATE_INIT.invokeExact(context));
    Libcrypto.require((int) EcHandles.GENERATE.invokeExact(context, at));
    return at.get(ADDRESS, 0);
  }

  /** Makes the first key pair of a curve, from its names, which takes longer. */
  static EcKey first(EcCurve curve) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment type = arena.allocateFrom(curve.type());
      MemorySegment group = arena.allocateFrom(curve.group());
      return new EcKey(
          curve, (MemorySegment) EcHandles.GENERATE_FIRST.invokeExact(NONE, NONE, type, group));
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  /** A peer's public key; null unless these bytes are the encoding of a point on the curve. */
  public static @Nullable EcKey ofPublic(EcCurve curve, byte[] encoded) {
    int length = curve.encodedLength();
    if (encoded.length != length || (curve == EcCurve.P_256 && encoded[0] != UNCOMPRESSED)) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      EcKey made = new EcKey(curve, (MemorySegment) EcHandles.NEW.invokeExact());
      MemorySegment sample = curve.sample().key;
      Libcrypto.require((int) EcHandles.COPY_CURVE.invokeExact(made.key, sample));
      MemorySegment point = arena.allocateFrom(JAVA_BYTE, encoded);
      int set = (int) EcHandles.SET_PUBLIC.invokeExact(made.key, point, (long) length);
      return set > 0 ? made : null;
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }

  /** The public key, as {@link #ofPublic} takes it. */
  public byte[] encodedPublic() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("encoded-pub-key");
      long length = curve.encodedLength();
      MemorySegment out = arena.allocate(length);
      Libcrypto.require((int) EcHandles.GET_OCTETS.invokeExact(key, name, out, length, NONE));
      return out.toArray(JAVA_BYTE);
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * The secret of 32 bytes that is shared with a peer on the same curve; null when it would be
   * zero, as a peer can bring about on X25519 (RFC 7748 6.1).
   */
  public byte @Nullable [] agree(EcKey peer) {
    try {
      return inContext(
          (context, arena) -> {
            Libcrypto.require((int) EcHandles.DERIVE_INIT.invokeExact(context));
            // Its point was checked when it was taken, and these curves have no other weak ones.
            Libcrypto.require((int) EcHandles.SET_PEER.invokeExact(context, peer.key, 0));
            MemorySegment out = arena.allocate(SECRET);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, SECRET);
            boolean derived = (int) EcHandles.DERIVE.invokeExact(context, out, length) > 0;
            byte[] secret = out.toArray(JAVA_BYTE);
            out.fill((byte) 0);
            return derived ? secret : null;
          });
    } finally {
      Reference.reachabilityFence(peer);
    }
  }

  /** Signs a hash; the signature is in DER. */
  public byte[] sign(byte[] hash) {
    return inContext(
        (context, arena) -> {
          MemorySegment out = arena.allocate(MAX_SIGNATURE);
          MemorySegment length = arena.allocateFrom(JAVA_LONG, MAX_SIGNATURE);
          MemorySegment in = arena.allocateFrom(JAVA_BYTE, hash);
          Libcrypto.require((int) EcHandles.SIGN_INIT.invokeExact(context));
          Libcrypto.require(
              (int) EcHandles.SIGN.invokeExact(context, out, length, in, (long) hash.length));
          return out.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        });
  }

  /** Whether a signature, in DER, is of this key and of this hash. */
  public boolean verify(byte[] hash, byte[] signature) {
    return inContext(
        (context, arena) -> {
          MemorySegment in = arena.allocateFrom(JAVA_BYTE, hash);
          MemorySegment claim = arena.allocateFrom(JAVA_BYTE, signature);
          long inLength = hash.length;
          long claimLength = signature.length;
          Libcrypto.require((int) EcHandles.VERIFY_INIT.invokeExact(context));
          return (int) EcHandles.VERIFY.invokeExact(context, claim, claimLength, in, inLength) > 0;
        });
  }

  private <T extends @Nullable Object> T inContext(Task<T> task) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment context = (MemorySegment) EcHandles.NEW_CONTEXT.invokeExact(NONE, key, NONE);
      Libcrypto.require(context.equals(NONE) ? 0 : 1);
      try {
        return task.run(context, arena);
      } finally {
        EcHandles.FREE_CONTEXT.invokeExact(context);
      }
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
