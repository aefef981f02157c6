package org.drawbridge.media.libssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.drawbridge.media.libssl.Libssl.Handles;

/**
 * One DTLS handshake: takes the peer's datagrams, gives the records that go to it, and says how
 * long it wants to wait. Its clock is the machine's. Used by one thread, which must close it, and
 * must not leave its processor between two steps of {@link #advance}, since the library's errors
 * belong to that: a virtual thread does not, as nothing there waits.
 */
public final class DtlsSession implements AutoCloseable {

  private static final int WANT_READ = 2;
  private static final int ZERO_RETURN = 6;
  private static final int REASON_MASK = 0x7F_FFFF;
  private static final int LONGEST_TEXT = 256;

  private static final int SET_MTU = 17;
  private static final int GET_TIMEOUT = 73;
  private static final int HANDLE_TIMEOUT = 74;
  private static final int HAS_EXTENDED_MASTER_SECRET = 122;

  /** Where the id is in the library's description of an SRTP profile, after its name. */
  private static final long PROFILE_ID_AT = ADDRESS.byteSize();

  private static final MemorySegment NONE = MemorySegment.NULL;

  private final MemorySegment ssl;
  private final MemorySegment incoming;
  private final MemorySegment outgoing;
  private final Terms terms;

  /**
   * What is asked of a handshake.
   *
   * @param peer judges the peer
   * @param mtu in bytes
   * @param resendMillis the first pause before a flight is sent again
   */
  record Terms(PeerCheck peer, int mtu, int resendMillis) {}

  DtlsSession(MemorySegment ssl, boolean server, Terms terms) throws Throwable {
    this.ssl = ssl;
    this.terms = terms;
    incoming = memory();
    outgoing = memory();
    Handles.SET_BIO.invokeExact(ssl, incoming, outgoing);
    Handles.TIMER_BY.invokeExact(ssl, Callbacks.TIMER);
    long ignored = control(SET_MTU, terms.mtu, NONE);
    if (server) {
      Handles.ACCEPT.invokeExact(ssl);
    } else {
      Handles.CONNECT.invokeExact(ssl);
    }
  }

  /** Whether the peer's certificate is taken. */
  boolean accepts(byte[] certificate) {
    return terms.peer.accepts(this, certificate);
  }

  /** How long the first flight waits for its answer. */
  int firstPauseMillis() {
    return terms.resendMillis;
  }

  private static MemorySegment memory() throws Throwable {
    MemorySegment kind = (MemorySegment) Handles.BIO_MEMORY.invokeExact();
    MemorySegment made = (MemorySegment) Handles.BIO_NEW.invokeExact(kind);
    Libssl.require(!made.equals(NONE));
    return made;
  }

  private long control(int command, long number, MemorySegment at) throws Throwable {
    return (long) Handles.CTRL.invokeExact(ssl, command, number, at);
  }

  /**
   * Goes on as far as it can.
   *
   * @return whether the handshake is finished; if not, it waits for a datagram
   * @throws DtlsFailure when it has failed; {@link #output} may have an alert for the peer
   */
  public boolean advance() throws DtlsFailure {
    return ScopedValue.where(Callbacks.CURRENT, this).call(this::step);
  }

  private boolean step() throws DtlsFailure {
    try {
      Handles.CLEAR_ERRORS.invokeExact();
      int result = (int) Handles.ADVANCE.invokeExact(ssl);
      if (result == 1) {
        return true;
      }
      return switch ((int) Handles.ERROR_KIND.invokeExact(ssl, result)) {
        case WANT_READ -> false;
        case ZERO_RETURN -> throw new DtlsFailure(0, "the peer closed it");
        default -> throw failure();
      };
    } catch (DtlsFailure e) {
      throw e;
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  private static DtlsFailure failure() throws Throwable {
    long code = (long) Handles.FIRST_ERROR.invokeExact();
    MemorySegment text = (MemorySegment) Handles.ERROR_TEXT.invokeExact(code);
    return new DtlsFailure(
        (int) code & REASON_MASK,
        text.equals(NONE)
            ? "libssl gives no reason"
            : text.reinterpret(LONGEST_TEXT).getString(0, StandardCharsets.US_ASCII));
  }

  /** Takes a datagram of the peer; {@link #advance} looks at it. */
  public void receive(byte[] buf, int off, int len) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(len);
      MemorySegment.copy(buf, off, bytes, JAVA_BYTE, 0, len);
      Libssl.require((int) Handles.BIO_WRITE.invokeExact(incoming, bytes, len) == len);
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  /** The records for the peer since the last call, one behind the other. */
  public byte[] output() {
    try (Arena arena = Arena.ofConfined()) {
      int length = (int) (long) Handles.BIO_PENDING.invokeExact(outgoing);
      if (length == 0) {
        return new byte[0];
      }
      MemorySegment bytes = arena.allocate(length);
      Libssl.require((int) Handles.BIO_READ.invokeExact(outgoing, bytes, length) == length);
      return bytes.toArray(JAVA_BYTE);
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  /** Milliseconds until {@link #onTimeout} is due, {@link Long#MAX_VALUE} when it is not wanted. */
  public long timeoutMillis() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteSize());
      if (control(GET_TIMEOUT, 0, time) != 1) {
        return Long.MAX_VALUE;
      }
      return time.getAtIndex(JAVA_LONG, 0) * 1000 + (time.getAtIndex(JAVA_LONG, 1) + 999) / 1000;
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  /** Sends the last flight again if its time has come. */
  public void onTimeout() {
    ScopedValue.where(Callbacks.CURRENT, this)
        .run(
            () -> {
              try {
                long ignored = control(HANDLE_TIMEOUT, 0, NONE);
              } catch (Throwable e) {
                throw Libssl.unexpected(e);
              }
            });
  }

  /** The id of the SRTP profile both agreed on (RFC 5764 4.1.2), or -1. */
  public int srtpProfile() {
    try {
      MemorySegment profile = (MemorySegment) Handles.SRTP_CHOSEN.invokeExact(ssl);
      return profile.equals(NONE)
          ? -1
          : (int) profile.reinterpret(2 * PROFILE_ID_AT).get(JAVA_LONG, PROFILE_ID_AT);
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  /** Whether the secret is bound to this handshake (RFC 7627). */
  public boolean hasExtendedMasterSecret() {
    try {
      return control(HAS_EXTENDED_MASTER_SECRET, 0, NONE) == 1;
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  /** Keying material of the finished handshake (RFC 5705), without a context. */
  public byte[] export(String label, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(length);
      MemorySegment name = arena.allocateFrom(label);
      long nameLength = label.length();
      int done =
          (int) Handles.EXPORT.invokeExact(ssl, out, (long) length, name, nameLength, NONE, 0L, 0);
      Libssl.require(done == 1);
      byte[] material = out.toArray(JAVA_BYTE);
      out.fill((byte) 0);
      return material;
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  @Override
  public void close() {
    try {
      Handles.FREE.invokeExact(ssl);
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }
}
