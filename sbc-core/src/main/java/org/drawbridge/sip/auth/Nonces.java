package org.drawbridge.sip.auth;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Nonces that cost nothing until they are used: a time, random bits and a keyed hash of both and of
 * the client's address, so that a flood of unanswered challenges fills no table. Once a nonce is
 * used its count is remembered, and a count never counts twice (RFC 7616 section 3.4). Thread-safe.
 */
final class Nonces {

  /** What a nonce is worth. */
  enum Verdict {
    /** Ours, young enough, with a count not seen before. */
    FRESH,
    /** Ours, but old or used: the client may try again at once with a new one. */
    STALE,
    /** Not issued to this client by this process. */
    FORGED
  }

  private static final String MAC = "HmacSHA256";
  private static final int STAMP_BYTES = Long.BYTES + Long.BYTES;
  private static final int TAG_BYTES = 16;

  /** One for each thread: making one takes longer than using it. */
  private final ThreadLocal<Mac> macs;

  private final InstantSource clock;
  private final long lifetimeMillis;
  private final NonceCounts counts;

  /**
   * Starts with a random key, so nonces of an earlier run are forged here.
   *
   * @param lifetime how long a nonce may be used
   * @param capacity how many used nonces are remembered; above it the oldest turn stale early
   */
  Nonces(SecureRandom random, InstantSource clock, Duration lifetime, int capacity) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    SecretKeySpec key = new SecretKeySpec(secret, MAC);
    this.macs = ThreadLocal.withInitial(() -> mac(key));
    this.clock = clock;
    this.lifetimeMillis = lifetime.toMillis();
    this.counts = new NonceCounts(capacity, lifetimeMillis, clock.millis());
  }

  /** A new nonce, good only for the client at this address. */
  String issue(InetAddress client) {
    ByteBuffer nonce = ByteBuffer.allocate(STAMP_BYTES + TAG_BYTES);
    nonce.putLong(clock.millis()).putLong(Tokens.number());
    nonce.put(tag(nonce.array(), client), 0, TAG_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
  }

  /** Judges a nonce without using it up. */
  Verdict judge(String nonce, InetAddress client) {
    byte[] bytes = decode(nonce);
    if (bytes == null || !tagMatches(bytes, client)) {
      return Verdict.FORGED;
    }
    long age = clock.millis() - issued(bytes);
    return age >= 0 && age <= lifetimeMillis ? Verdict.FRESH : Verdict.STALE;
  }

  /**
   * Uses a nonce that was judged fresh.
   *
   * @param count the nonce count of the credentials; below 0 never counts
   * @return false if this or a higher count was used before
   */
  boolean use(String nonce, long count) {
    byte[] bytes = decode(nonce);
    return bytes != null
        && counts.use(
            ByteBuffer.wrap(bytes).getLong(STAMP_BYTES), issued(bytes), count, clock.millis());
  }

  /** Null where it cannot be ours. */
  private static byte @Nullable [] decode(String nonce) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(nonce);
      return bytes.length == STAMP_BYTES + TAG_BYTES ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static long issued(byte[] nonce) {
    return ByteBuffer.wrap(nonce).getLong();
  }

  private boolean tagMatches(byte[] nonce, InetAddress client) {
    byte[] given = new byte[TAG_BYTES];
    System.arraycopy(nonce, STAMP_BYTES, given, 0, TAG_BYTES);
    byte[] expected = new byte[TAG_BYTES];
    System.arraycopy(tag(nonce, client), 0, expected, 0, TAG_BYTES);
    return MessageDigest.isEqual(given, expected);
  }

  private byte[] tag(byte[] nonce, InetAddress client) {
    Mac mac = macs.get();
    mac.update(nonce, 0, STAMP_BYTES);
    mac.update(client.getAddress());
    return mac.doFinal();
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
