package org.drawbridge.media.rtp;

/** The one-byte header extensions of an RTP packet (RFC 8285 4.2), read and renumbered in place. */
public final class HeaderExtensions {

  /** Ids run from 1 to this; 15 ends the list. */
  public static final int MAX_ID = 14;

  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int EXTENSION = 0x10;

  private HeaderExtensions() {}

  /**
   * Gives each extension the id it has on the other side and blanks those that have none there.
   * CSRCs go, and so does the whole list when nothing is left of it or it has another form.
   *
   * @param headerLength what {@link RtpView#headerLength} said
   * @param ids the outgoing id of each incoming one, 0 to drop; {@code MAX_ID + 1} long
   * @return the packet's new offset; its end stays where it was
   */
  public static int renumber(byte[] buf, int off, int headerLength, byte[] ids) {
    int at = firstElement(buf, off);
    if (at < 0 || !renumberElements(buf, at, off + headerLength, ids)) {
      return RtpView.strip(buf, off, headerLength);
    }
    int sources = buf[off] & 0x0F;
    int start = off + 4 * sources;
    if (sources > 0) {
      System.arraycopy(buf, off, buf, start, RtpView.HEADER);
      buf[start] &= (byte) 0xF0;
    }
    return start;
  }

  private static boolean renumberElements(byte[] buf, int from, int end, byte[] ids) {
    boolean kept = false;
    int at = from;
    while (at < end) {
      int size = size(buf, at, end);
      int id = size < 0 ? 0 : ids[(buf[at] & 0xFF) >>> 4];
      if (id > 0) {
        buf[at] = (byte) (id << 4 | buf[at] & 0x0F);
        kept = true;
      } else {
        blank(buf, at, size < 0 ? end : at + size);
      }
      at = size < 0 ? end : at + size;
    }
    return kept;
  }

  private static void blank(byte[] buf, int from, int to) {
    for (int i = from; i < to; i++) {
      buf[i] = 0;
    }
  }

  /** Bytes of the element or padding here, -1 where the list ends or is malformed. */
  private static int size(byte[] buf, int at, int end) {
    int first = buf[at] & 0xFF;
    if (first == 0) {
      return 1;
    }
    int size = 2 + (first & 0x0F);
    return first >>> 4 > MAX_ID || at + size > end ? -1 : size;
  }

  /** Where the list of one-byte elements begins, -1 without one. */
  private static int firstElement(byte[] buf, int off) {
    int at = off + RtpView.HEADER + 4 * (buf[off] & 0x0F);
    boolean oneByte = (buf[off] & EXTENSION) != 0 && Bytes.u16(buf, at) == ONE_BYTE_PROFILE;
    return oneByte ? at + 4 : -1;
  }

  /**
   * Whether an element with this id holds exactly these bytes.
   *
   * @param headerLength what {@link RtpView#headerLength} said
   */
  public static boolean has(byte[] buf, int off, int headerLength, int id, byte[] value) {
    int at = firstElement(buf, off);
    int end = off + headerLength;
    while (at >= 0 && at < end) {
      int size = size(buf, at, end);
      if (size < 0) {
        return false;
      }
      if (size == value.length + 1 && (buf[at] & 0xFF) >>> 4 == id) {
        return matches(buf, at + 1, value);
      }
      at += size;
    }
    return false;
  }

  private static boolean matches(byte[] buf, int at, byte[] value) {
    for (int i = 0; i < value.length; i++) {
      if (buf[at + i] != value[i]) {
        return false;
      }
    }
    return true;
  }
}
