package org.drawbridge.sip.token;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Identifiers that nobody can guess, in characters every SIP grammar takes. Thread-safe. */
public final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TAG_BYTES = 8;
  private static final int ID_BYTES = 16;
  private static final int SUPPLY_BYTES = 1_024;
  private static final ThreadLocal<Supply> SUPPLY = ThreadLocal.withInitial(Supply::new);

  private Tokens() {}

  /** A From or To tag: 64 random bits, where RFC 3261 19.3 asks for 32. */
  public static String tag() {
    return hex(TAG_BYTES);
  }

  /** A name for something long-lived and secret, such as a flow: 128 random bits. */
  public static String id() {
    return hex(ID_BYTES);
  }

  private static String hex(int bytes) {
    Supply supply = SUPPLY.get();
    if (supply.next + bytes > supply.bytes.length) {
      RANDOM.nextBytes(supply.bytes);
      supply.next = 0;
    }
    supply.next += bytes;
    return HexFormat.of().formatHex(supply.bytes, supply.next - bytes, supply.next);
  }

  /** Random bytes of one thread, each used once: a lock and a system call for many tokens. */
  private static final class Supply {
    final byte[] bytes = new byte[SUPPLY_BYTES];
    int next = SUPPLY_BYTES;
  }
}
