package org.drawbridge.media.srtp;

import java.util.Arrays;

/**
 * A master key and salt, and the identifier that packets under it carry (RFC 3711 section 3.1). A
 * secret, never logged.
 *
 * @param bytes key and salt, one after the other
 * @param mki at most 128 bytes; empty where packets carry none
 */
public record MasterKey(byte[] bytes, byte[] mki) {

  /** The longest MKI, in bytes. */
  public static final int MAX_MKI = 128;

  /** Checks the length of the MKI: a wrong one is a bug of the caller. */
  public MasterKey {
    if (mki.length > MAX_MKI) {
      throw new IllegalArgumentException("an MKI of " + mki.length + " bytes");
    }
  }

  /** A key whose packets carry no identifier. */
  public static MasterKey plain(byte[] bytes) {
    return new MasterKey(bytes, new byte[0]);
  }

  boolean same(MasterKey other) {
    return Arrays.equals(bytes, other.bytes) && Arrays.equals(mki, other.mki);
  }

  @Override
  public String toString() {
    return "MasterKey[mki of " + mki.length + " bytes]";
  }
}
