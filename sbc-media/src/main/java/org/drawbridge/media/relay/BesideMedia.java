package org.drawbridge.media.relay;

import org.drawbridge.media.stun.StunView;

/**
 * Tells what phones send to a port of RTP that is no media and that nobody answers. It says nothing
 * of who sent it. Owned by a media loop.
 */
final class BesideMedia {

  private final StunView stun = new StunView();

  /**
   * Whether it only keeps the peer's NAT open (RFC 6263 sections 4.1 and 4.4), or asks for ZRTP,
   * which a phone does without that hears nothing of it (RFC 6189 section 4.1).
   */
  boolean is(byte[] buf, int off, int len) {
    if (len == 0) {
      return true;
    }
    return switch (PacketKind.of(buf[off])) {
      case STUN -> stun.wrap(buf, off, len);
      case ZRTP -> true;
      case DTLS, MEDIA, OTHER -> false;
    };
  }
}
