package org.drawbridge.media.srtp;

import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;

/**
 * Which of one sender's reports were seen, by their SRTCP index (RFC 3711 3.4). Some peers count
 * anew when they are described, though the key stays. Their reports tell the time (RFC 3550 6.4.1),
 * and what was recorded an earlier one. Not thread-safe.
 */
final class ReportWindow {

  private static final int SENDER_INFO = 20;

  private final ReplayWindow indices = new ReplayWindow();

  /** The latest NTP time told, 0 before the first. */
  private long latest;

  /** The highest index before the sender counted anew, -1 if it never has. */
  private long highestBefore = -1;

  /** The NTP time at which it did. */
  private long since;

  /** Whether an index is neither seen nor too old to tell. */
  boolean isFresh(long index) {
    return indices.isFresh(index);
  }

  /**
   * Takes a plain, authentic report.
   *
   * @param mayBeginAnew whether indices may come again
   * @return false where it may have been recorded
   */
  boolean takes(long index, byte[] buf, int off, int len, boolean mayBeginAnew) {
    long time = timeOf(buf, off, len);
    boolean fresh = indices.isFresh(index);
    boolean anew = !fresh && mayBeginAnew && latest != 0 && isLater(time, latest);
    boolean recorded = fresh && index <= highestBefore && !isLater(time, since);
    if (recorded || !fresh && !anew) {
      return false;
    }
    if (anew) {
      highestBefore = Math.max(highestBefore, indices.highest());
      since = latest;
      indices.restart(0);
    }
    indices.commit(index);
    latest = isLater(time, latest) ? time : latest;
    return true;
  }

  private static boolean isLater(long time, long than) {
    return Long.compareUnsigned(time, than) > 0;
  }

  /** NTP time of a sender report at the beginning; 0 without. */
  private static long timeOf(byte[] buf, int off, int len) {
    boolean told = len >= RtcpView.HEADER + SENDER_INFO && RtcpView.type(buf, off) == RtcpView.SR;
    int at = off + RtcpView.HEADER;
    return told ? (long) Bytes.u32(buf, at) << 32 | Bytes.u32(buf, at + 4) & 0xFFFF_FFFFL : 0;
  }
}
