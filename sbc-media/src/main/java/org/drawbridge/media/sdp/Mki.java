package org.drawbridge.media.sdp;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A master key identifier of {@code a=crypto}, written {@code value:length} (RFC 4568 section 6.1).
 *
 * @param value the number, not negative
 * @param length how many bytes it takes in a packet, 1 to 128
 */
public record Mki(BigInteger value, int length) {

  private static final int MAX_LENGTH = 128;

  /** As many as the largest number of 128 bytes has. */
  private static final int MAX_DIGITS = 309;

  /** Checks that the number fits: another is a bug of the caller. */
  public Mki {
    if (!fits(value, length)) {
      throw new IllegalArgumentException("no MKI of " + length + " bytes");
    }
  }

  private static boolean fits(BigInteger value, int length) {
    return length >= 1
        && length <= MAX_LENGTH
        && value.signum() >= 0
        && value.bitLength() <= length * Byte.SIZE;
  }

  /** Reads {@code value:length}; null if it is none or does not fit its length. */
  static @Nullable Mki parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon > MAX_DIGITS || !isDigits(text, 0, colon)) {
      return null;
    }
    int length = CodecReader.number(text.substring(colon + 1), MAX_LENGTH);
    BigInteger value = new BigInteger(text.substring(0, colon));
    return fits(value, length) ? new Mki(value, length) : null;
  }

  private static boolean isDigits(String text, int from, int to) {
    return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** As packets carry it: big-endian, of its length. */
  public byte[] bytes() {
    byte[] bytes = new byte[length];
    byte[] number = value.toByteArray();
    int count = Math.min(number.length, length);
    System.arraycopy(number, number.length - count, bytes, length - count, count);
    return bytes;
  }

  @Override
  public String toString() {
    return value + ":" + length;
  }
}
