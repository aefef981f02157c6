package org.drawbridge.routing.value;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Numeric IP addresses: reading them without a name lookup, and masking them to a prefix. */
public final class Addresses {

  private Addresses() {}

  /** The IPv4 wildcard address, 0.0.0.0. */
  public static InetAddress any() {
    return InetAddress.ofLiteral("0.0.0.0");
  }

  /** The address that {@code text} spells in figures, or null; a name is never looked up. */
  public static @Nullable InetAddress literal(String text) {
    try {
      return text.isEmpty() ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The address with all bits after the first {@code prefixLength} set to zero. */
  public static InetAddress masked(InetAddress address, int prefixLength) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(prefixLength - i * 8L, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the length came from an address", e);
    }
  }

  /** A decimal number of at most five digits and at most {@code max}, or -1. */
  public static int number(String digits, int max) {
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int value = Integer.parseInt(digits);
    return value <= max ? value : -1;
  }
}
