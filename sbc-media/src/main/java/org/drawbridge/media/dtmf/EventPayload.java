package org.drawbridge.media.dtmf;

import org.drawbridge.media.rtp.Bytes;

/** Static accessors of a telephone-event payload (RFC 4733 2.3). */
public final class EventPayload {

  /** Bytes of one event. A packet may hold more; we read the first, which is the oldest. */
  public static final int LENGTH = 4;

  /** The longest duration one packet can state, in units of the RTP clock. */
  public static final int MAX_DURATION = 0xFFFF;

  private static final int END = 0x80;
  private static final int VOLUME = 0x3F;

  private EventPayload() {}

  /** The event code, 0 to 255. */
  public static int event(byte[] buf, int off) {
    return buf[off] & 0xFF;
  }

  /** Whether the event has ended. */
  public static boolean isEnd(byte[] buf, int off) {
    return (buf[off + 1] & END) != 0;
  }

  /** How long it has lasted, in units of the RTP clock. */
  public static int duration(byte[] buf, int off) {
    return Bytes.u16(buf, off + 2);
  }

  /**
   * Writes a payload.
   *
   * @param volume in dBm0 without its sign, 0 to 63
   * @param duration in units of the RTP clock, at most {@link #MAX_DURATION}
   */
  public static void write(byte[] buf, int off, int event, boolean end, int volume, int duration) {
    buf[off] = (byte) event;
    buf[off + 1] = (byte) (volume & VOLUME | (end ? END : 0));
    Bytes.put16(buf, off + 2, duration);
  }
}
