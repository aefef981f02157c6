package org.drawbridge.sip.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.drawbridge.table.KeyedHash;

/** Identifiers that nobody can guess, in characters every SIP grammar takes. Thread-safe. */
public final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TAG_BYTES = 8;
  private static final int ID_BYTES = 16;
  private static final int SUPPLY_BYTES = 1_024;
  private static final KeyedHash REPEATED = KeyedHash.random(RANDOM);
  private static final ThreadLocal<Supply> SUPPLY = ThreadLocal.withInitial(Supply::new);

  private Tokens() {}

  /** A From or To tag: 64 random bits, where RFC 3261 19.3 asks for 32. */
  public static String tag() {
    return hex(TAG_BYTES);
  }

  /** A tag that is the same for the same text; nobody can tell it from a random one. */
  public static String tagOf(String text) {
    return HexFormat.of().toHexDigits(REPEATED.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A name for something long-lived and secret, such as a flow: 128 random bits. */
  public static String id() {
    return hex(ID_BYTES);
  }

  /** 64 random bits. */
  public static long number() {
    Supply supply = SUPPLY.get();
    int from = supply.take(Long.BYTES);
    return ByteBuffer.wrap(supply.bytes).getLong(from);
  }

  private static String hex(int bytes) {
    Supply supply = SUPPLY.get();
    int from = supply.take(bytes);
    return HexFormat.of().formatHex(supply.bytes, from, from + bytes);
  }

  /** Random bytes of one thread, each used once: a lock and a system call for many tokens. */
  private static final class Supply {
    final byte[] bytes = new byte[SUPPLY_BYTES];
    int next = SUPPLY_BYTES;

    /** Where so many unused bytes begin. */
    int take(int count) {
      if (next + count > bytes.length) {
        RANDOM.nextBytes(bytes);
        next = 0;
      }
      next += count;
      return next - count;
    }
  }
}
