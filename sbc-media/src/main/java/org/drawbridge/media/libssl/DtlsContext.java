package org.drawbridge.media.libssl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.drawbridge.media.libcrypto.EcKey;
import org.drawbridge.media.libssl.Libssl.Handles;

/**
 * What all handshakes under one certificate share: DTLS 1.2 alone (RFC 6347), a certificate of the
 * peer in either role, no tickets and no resumption. Any thread. The library's memory is given back
 * when nothing refers to this any more.
 */
public final class DtlsContext {

  /**
   * ECDHE with AEAD, and the CBC suite that RFC 8827 6.5 keeps for old peers; those for a server
   * with an RSA certificate, which older gateways have. Their certificates may have keys that are
   * shorter than what is asked of others: nothing but the fingerprint vouches for them anyway.
   */
  private static final String CIPHERS =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:"
          + "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:"
          + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-SHA:@SECLEVEL=1";

  private static final String GROUPS = "X25519:P-256:P-384";
  private static final long DTLS_1_2 = 0xFEFD;

  /** A ClientHello with post-quantum key shares is about 2 kB; certificates rarely reach 4 kB. */
  private static final long MOST_OF_CERTIFICATES = 16_384;

  private static final int SET_SESSION_CACHE = 44;
  private static final int SET_MOST_OF_CERTIFICATES = 51;
  private static final int SET_GROUPS = 92;
  private static final int SET_LEAST_VERSION = 123;
  private static final int SET_MOST_VERSION = 124;

  private static final long NO_QUERY_MTU = 1 << 12;
  private static final long NO_TICKET = 1 << 14;
  private static final long NO_COMPRESSION = 1 << 17;
  private static final long OUR_PREFERENCE = 1 << 22;
  private static final long NO_RENEGOTIATION = 1 << 30;

  private static final int VERIFY_AND_REQUIRE = 1 | 2;

  private final MemorySegment context;

  /**
   * Prepares handshakes.
   *
   * @param certificate in DER, with the key's public half
   * @param srtpProfiles the library's names (RFC 5764 4.1.2), most preferred first
   */
  public DtlsContext(EcKey key, byte[] certificate, String srtpProfiles) {
    try {
      MemorySegment method = (MemorySegment) Handles.METHOD.invokeExact();
      MemorySegment raw = (MemorySegment) Handles.CONTEXT_NEW.invokeExact(method);
      Libssl.require(!raw.equals(MemorySegment.NULL));
      context = raw.reinterpret(Arena.ofAuto(), DtlsContext::free);
      restrict(srtpProfiles);
      show(key, certificate);
      MemorySegment none = MemorySegment.NULL;
      Handles.VERIFY.invokeExact(context, VERIFY_AND_REQUIRE, none);
      Handles.VERIFY_BY.invokeExact(context, Callbacks.VERIFY, none);
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  private static void free(MemorySegment context) {
    try {
      Handles.CONTEXT_FREE.invokeExact(context);
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }

  private void restrict(String srtpProfiles) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      control(SET_LEAST_VERSION, DTLS_1_2, MemorySegment.NULL);
      control(SET_MOST_VERSION, DTLS_1_2, MemorySegment.NULL);
      control(SET_GROUPS, 0, arena.allocateFrom(GROUPS));
      set(SET_SESSION_CACHE, 0);
      set(SET_MOST_OF_CERTIFICATES, MOST_OF_CERTIFICATES);
      long options = NO_QUERY_MTU | NO_TICKET | NO_COMPRESSION | OUR_PREFERENCE | NO_RENEGOTIATION;
      long ignored = (long) Handles.CONTEXT_OPTIONS.invokeExact(context, options);
      MemorySegment ciphers = arena.allocateFrom(CIPHERS);
      Libssl.require((int) Handles.CIPHERS.invokeExact(context, ciphers) == 1);
      MemorySegment profiles = arena.allocateFrom(srtpProfiles);
      Libssl.require((int) Handles.SRTP.invokeExact(context, profiles) == 0);
    }
  }

  private void control(int command, long number, MemorySegment text) throws Throwable {
    Libssl.require((long) Handles.CONTEXT_CTRL.invokeExact(context, command, number, text) == 1);
  }

  /** As above, where the library tells what was set before. */
  private void set(int command, long number) throws Throwable {
    MemorySegment none = MemorySegment.NULL;
    long ignored = (long) Handles.CONTEXT_CTRL.invokeExact(context, command, number, none);
  }

  private void show(EcKey key, byte[] certificate) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment der = arena.allocateFrom(JAVA_BYTE, certificate);
      int length = certificate.length;
      Libssl.require((int) Handles.CERTIFICATE.invokeExact(context, length, der) == 1);
      Libssl.require((int) Handles.KEY.invokeExact(context, key.handle()) == 1);
    }
  }

  /**
   * Begins a handshake.
   *
   * @param server whether the peer starts
   * @param peer judges the peer
   * @param mtu the longest datagram to send, in bytes
   * @param resendMillis when the first flight that is not answered is sent again; doubles
   */
  public DtlsSession open(boolean server, PeerCheck peer, int mtu, int resendMillis) {
    try {
      MemorySegment ssl = (MemorySegment) Handles.NEW.invokeExact(context);
      Libssl.require(!ssl.equals(MemorySegment.NULL));
      return new DtlsSession(ssl, server, new DtlsSession.Terms(peer, mtu, resendMillis));
    } catch (Throwable e) {
      throw Libssl.unexpected(e);
    }
  }
}
