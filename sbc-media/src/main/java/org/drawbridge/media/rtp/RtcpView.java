package org.drawbridge.media.rtp;

/**
 * Static accessors of RTCP packets in a compound (RFC 3550 6, RFC 4585). {@link #isCompound} checks
 * all lengths; the others need a datagram that passed it.
 */
public final class RtcpView {

  /** Sender report. */
  public static final int SR = 200;

  /** Receiver report. */
  public static final int RR = 201;

  /** Source description. */
  public static final int SDES = 202;

  /** Goodbye. */
  public static final int BYE = 203;

  /** Transport-layer feedback: NACK and others (RFC 4585 6.2). */
  public static final int RTPFB = 205;

  /** Payload-specific feedback: PLI, FIR and others (RFC 4585 6.3). */
  public static final int PSFB = 206;

  /** Bytes of a report block. */
  public static final int REPORT_BLOCK = 24;

  /** Bytes of the fixed header and the sender's SSRC. */
  public static final int HEADER = 8;

  private static final int MIN_TYPE = 192;
  private static final int MAX_TYPE = 223;

  private RtcpView() {}

  /**
   * Whether a datagram whose first byte says RTP or RTCP is RTCP: RTCP's packet types are what RTP
   * would show as payload types 64 to 95 (RFC 5761 4).
   */
  public static boolean isRtcp(byte[] buf, int off, int len) {
    int type = len >= 2 ? buf[off + 1] & 0xFF : 0;
    return type >= MIN_TYPE && type <= MAX_TYPE;
  }

  /**
   * Whether the datagram is a chain of whole RTCP packets of version 2, each long enough for its
   * type. Compound packets and, as feedback senders use them, reduced-size packets (RFC 5506) pass.
   */
  public static boolean isCompound(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    while (at < end) {
      if (end - at < 4 || (buf[at] & 0xC0) != 0x80) {
        return false;
      }
      int length = length(buf, at);
      if (length > end - at || length < minimum(buf, at)) {
        return false;
      }
      at += length;
    }
    return len > 0;
  }

  private static int minimum(byte[] buf, int at) {
    return switch (type(buf, at)) {
      case SR -> HEADER + 20 + REPORT_BLOCK * count(buf, at);
      case RR -> HEADER + REPORT_BLOCK * count(buf, at);
      case BYE -> 4 + 4 * count(buf, at);
      case RTPFB, PSFB -> HEADER + 4;
      default -> 4;
    };
  }

  /** Packet type. */
  public static int type(byte[] buf, int at) {
    return buf[at + 1] & 0xFF;
  }

  /** Report count, source count or feedback message type: the low five bits. */
  public static int count(byte[] buf, int at) {
    return buf[at] & 0x1F;
  }

  /** Length of one packet in bytes, header included. */
  public static int length(byte[] buf, int at) {
    return 4 + 4 * Bytes.u16(buf, at + 2);
  }

  /** SSRC of the packet's sender. */
  public static int ssrc(byte[] buf, int at) {
    return Bytes.u32(buf, at + 4);
  }

  /** Media source a feedback message is about. */
  public static int mediaSsrc(byte[] buf, int at) {
    return Bytes.u32(buf, at + 8);
  }

  /** Writes a packet's first word. */
  public static void putHeader(byte[] buf, int at, int count, int type, int length) {
    buf[at] = (byte) (0x80 | count);
    buf[at + 1] = (byte) type;
    Bytes.put16(buf, at + 2, length / 4 - 1);
  }
}
