package org.drawbridge.media.relay;

/** What a datagram on a multiplexed port is, by its first byte (RFC 7983 7). */
public enum PacketKind {
  /** STUN. */
  STUN,
  /** DTLS. */
  DTLS,
  /** RTP, RTCP and their secure forms. */
  MEDIA,
  /** ZRTP (RFC 6189): dropped. */
  ZRTP,
  /** TURN channels and noise: dropped. */
  OTHER;

  /** The kind of a datagram with this first byte. */
  public static PacketKind of(byte first) {
    int value = first & 0xFF;
    if (value <= 3) {
      return STUN;
    }
    if (value >= 20 && value <= 63) {
      return DTLS;
    }
    if (value >= 16 && value <= 19) {
      return ZRTP;
    }
    return value >= 128 && value <= 191 ? MEDIA : OTHER;
  }
}
