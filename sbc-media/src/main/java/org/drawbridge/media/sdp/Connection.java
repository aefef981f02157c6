package org.drawbridge.media.sdp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A {@code c=} line (RFC 8866 5.7).
 *
 * @param host the address or name, without TTL and count; empty on a network other than the
 *     Internet, such as that of telephones (RFC 7195)
 */
public record Connection(String host) {

  /** Reads the value of a {@code c=} line, null when it is malformed. */
  static @Nullable Connection parse(String value) {
    String[] words = Words.of(value);
    if (words.length < 3) {
      return null;
    }
    if (!words[0].equalsIgnoreCase("IN")) {
      return new Connection("");
    }
    int slash = words[2].indexOf('/');
    return new Connection(slash < 0 ? words[2] : words[2].substring(0, slash));
  }

  /**
   * Whether this is {@code 0.0.0.0} or {@code ::}: nowhere, and from old peers a hold (RFC 3264
   * 8.4).
   */
  public boolean isUnspecified() {
    InetAddress address = IpLiteral.parse(host);
    return address != null && address.isAnyLocalAddress();
  }

  /** Whether this is a group of receivers. */
  public boolean isMulticast() {
    InetAddress address = IpLiteral.parse(host);
    return address != null && address.isMulticastAddress();
  }

  /**
   * The address packets can be sent to; null for names, unspecified and multicast addresses, which
   * could be used to make us flood a network.
   */
  public @Nullable InetAddress unicast() {
    InetAddress address = IpLiteral.parse(host);
    if (address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return null;
    }
    return address;
  }
}
