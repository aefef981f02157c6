package org.drawbridge.media.rtp;

/**
 * Static accessors of an RTP packet (RFC 3550 5.1). Only {@link #headerLength} and {@link #isRtp}
 * check bounds; the others need a packet that passed {@link #isRtp}.
 */
public final class RtpView {

  /** Bytes of the fixed header. */
  public static final int HEADER = 12;

  /** Payload type of comfort noise at 8 kHz (RFC 3551 section 6). */
  private static final int COMFORT_NOISE = 13;

  /** Static payload type of G.729 (RFC 3551 section 6). */
  private static final int G729 = 18;

  /** Bytes of a frame of G.729, and of a silence insertion descriptor, which ends a packet. */
  private static final int G729_FRAME = 10;

  private static final int G729_SILENCE = 2;

  private static final int EXTENSION = 0x10;
  private static final int PADDING = 0x20;

  private RtpView() {}

  /** Whether the bytes are an RTP packet of version 2 whose header fits. */
  public static boolean isRtp(byte[] buf, int off, int len) {
    return len >= HEADER && (buf[off] & 0xC0) == 0x80 && headerLength(buf, off, len) > 0;
  }

  /** Bytes before the payload (CSRCs and extension included), or -1 when they do not fit. */
  public static int headerLength(byte[] buf, int off, int len) {
    if (len < HEADER) {
      return -1;
    }
    int length = HEADER + 4 * (buf[off] & 0x0F);
    if ((buf[off] & EXTENSION) != 0) {
      if (length + 4 > len) {
        return -1;
      }
      length += 4 + 4 * Bytes.u16(buf, off + length + 2);
    }
    return length <= len ? length : -1;
  }

  /** Payload type, 0 to 127. */
  public static int payloadType(byte[] buf, int off) {
    return buf[off + 1] & 0x7F;
  }

  /**
   * Whether a payload says that nothing may follow until there is something to hear: comfort noise,
   * or the descriptor of silence that G.729 Annex B has for it (RFC 3551 section 4.5.6).
   *
   * @param payload its length in bytes
   */
  public static boolean announcesSilence(int type, int payload) {
    return type == COMFORT_NOISE || type == G729 && payload % G729_FRAME == G729_SILENCE;
  }

  /** Sequence number, 0 to 65535. */
  public static int seq(byte[] buf, int off) {
    return Bytes.u16(buf, off + 2);
  }

  /** RTP timestamp. */
  public static int timestamp(byte[] buf, int off) {
    return Bytes.u32(buf, off + 4);
  }

  /** Synchronisation source. */
  public static int ssrc(byte[] buf, int off) {
    return Bytes.u32(buf, off + 8);
  }

  /** Marker bit. */
  public static boolean marker(byte[] buf, int off) {
    return buf[off + 1] < 0;
  }

  /** Bytes of padding at the end of a valid packet, as its last byte says; 0 without. */
  public static int padding(byte[] buf, int off, int len) {
    return (buf[off] & PADDING) == 0 ? 0 : buf[off + len - 1] & 0xFF;
  }

  /** Sets payload type and marker. */
  public static void setPayloadType(byte[] buf, int off, int payloadType, boolean marker) {
    buf[off + 1] = (byte) (payloadType | (marker ? 0x80 : 0));
  }

  /** Sets the sequence number. */
  public static void setSeq(byte[] buf, int off, int seq) {
    Bytes.put16(buf, off + 2, seq);
  }

  /** Sets the timestamp. */
  public static void setTimestamp(byte[] buf, int off, int timestamp) {
    Bytes.put32(buf, off + 4, timestamp);
  }

  /** Sets the synchronisation source. */
  public static void setSsrc(byte[] buf, int off, int ssrc) {
    Bytes.put32(buf, off + 8, ssrc);
  }

  /**
   * Removes CSRCs and header extension without moving the payload: the fixed header is copied next
   * to it.
   *
   * @param headerLength what {@link #headerLength} said
   * @return the packet's new offset; its end stays where it was
   */
  public static int strip(byte[] buf, int off, int headerLength) {
    int start = off + headerLength - HEADER;
    if (start != off) {
      System.arraycopy(buf, off, buf, start, HEADER);
      buf[start] &= (byte) 0xE0;
    }
    return start;
  }

  /** Writes a header of {@link #HEADER} bytes without marker to the start of a packet. */
  public static void write(byte[] buf, int payloadType, int seq, int timestamp, int ssrc) {
    buf[0] = (byte) (2 << 6);
    setPayloadType(buf, 0, payloadType, false);
    setSeq(buf, 0, seq);
    setTimestamp(buf, 0, timestamp);
    setSsrc(buf, 0, ssrc);
  }
}
