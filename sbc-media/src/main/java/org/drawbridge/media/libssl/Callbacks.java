package org.drawbridge.media.libssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.logging.log4j.LogManager;
import org.drawbridge.media.libssl.Libssl.Handles;

/**
 * What the library asks in the middle of a handshake, on the thread that advances it. Nothing may
 * be thrown into the library, so what goes wrong here is a no.
 */
final class Callbacks {

  /** The handshake that this thread advances. */
  static final ScopedValue<DtlsSession> CURRENT = ScopedValue.newInstance();

  /** Whether the peer's certificate is taken. */
  static final MemorySegment VERIFY =
      callback("verify", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  /** After how many microseconds a flight is sent again. */
  static final MemorySegment TIMER =
      callback("nextPause", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private static final int YES = 1;
  private static final int NO = 0;

  /** The verdict that makes the library send the alert bad_certificate. */
  private static final int CERT_REJECTED = 28;

  private static final int LONGEST_PAUSE = 60_000_000;

  private Callbacks() {}

  private static MemorySegment callback(String name, FunctionDescriptor signature) {
    MethodType type = signature.toMethodType();
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findStatic(Callbacks.class, name, type),
              signature,
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the place of the library's own verification, which knows nothing of fingerprints. */
  private static int verify(MemorySegment store, MemorySegment unused) {
    try {
      MemorySegment shown = (MemorySegment) Handles.SHOWN.invokeExact(store);
      if (CURRENT.get().accepts(der(shown))) {
        return YES;
      }
      Handles.SET_VERDICT.invokeExact(store, CERT_REJECTED);
    } catch (Throwable e) {
      LogManager.getLogger(Callbacks.class).warn("a DTLS certificate could not be judged", e);
    }
    return NO;
  }

  private static byte[] der(MemorySegment certificate) throws Throwable {
    int length = (int) Handles.TO_DER.invokeExact(certificate, MemorySegment.NULL);
    Libssl.require(length > 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(length);
      int written = (int) Handles.TO_DER.invokeExact(certificate, arena.allocateFrom(ADDRESS, out));
      Libssl.require(written == length);
      return out.toArray(JAVA_BYTE);
    }
  }

  /** The last pause, 0 before the first, doubled (RFC 6347 4.2.4.1). */
  private static int nextPause(MemorySegment ssl, int lastMicros) {
    try {
      return lastMicros == 0
          ? CURRENT.get().firstPauseMillis() * 1000
          : Math.min(2 * lastMicros, LONGEST_PAUSE);
    } catch (RuntimeException e) {
      return LONGEST_PAUSE;
    }
  }
}
