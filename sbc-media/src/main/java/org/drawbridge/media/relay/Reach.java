package org.drawbridge.media.relay;

import java.net.InetAddress;
import org.drawbridge.media.api.MediaPeer;

/**
 * From how far away an address means the same host. Whoever signals from further away than that
 * names a host of ours, not one of its own: a phone behind a NAT that knows no better, or somebody
 * who wants to have our packets where he cannot send any.
 */
enum Reach {
  /** This machine. */
  MACHINE,
  /** One wire, RFC 3927 and RFC 4291 section 2.5.6; that clouds tell machines their secrets on. */
  LINK,
  /** A company's networks, RFC 1918 and RFC 4193, or a carrier's, RFC 6598. */
  SITE,
  /** All the world. */
  INTERNET;

  static Reach of(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return MACHINE;
    }
    if (address.isLinkLocalAddress()) {
      return LINK;
    }
    return address.isSiteLocalAddress() || isUniqueOrShared(address.getAddress()) ? SITE : INTERNET;
  }

  /**
   * Whether a peer that signals from a host may be believed that it has its media at an address: a
   * server may signal from elsewhere than from the private network that its media is in.
   */
  static boolean allows(MediaPeer known, InetAddress host, InetAddress address) {
    Reach there = of(address);
    return there == SITE && known != MediaPeer.ANYBODY || there.compareTo(of(host)) >= 0;
  }

  private static boolean isUniqueOrShared(byte[] address) {
    return address.length == 16
        ? (address[0] & 0xfe) == 0xfc
        : address[0] == 100 && (address[1] & 0xc0) == 64;
  }
}
