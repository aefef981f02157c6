package org.drawbridge.media.sdp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Addresses written out in digits. Names are never looked up: that would block a loop. */
final class IpLiteral {

  private static final int LONGEST = 45;

  private IpLiteral() {}

  /** The address, or null when the text is not one (a name, an mDNS name, nonsense). */
  static @Nullable InetAddress parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !looksLikeAddress(text)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notALiteral) {
      return null;
    }
  }

  private static boolean looksLikeAddress(String text) {
    boolean six = text.indexOf(':') >= 0;
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      dots += c == '.' ? 1 : 0;
      boolean digit = c >= '0' && c <= '9';
      boolean hex = six && (c == ':' || Character.digit(c, 16) >= 0 && c < 128);
      if (!digit && !hex && c != '.') {
        return false;
      }
    }
    return six || dots == 3;
  }
}
