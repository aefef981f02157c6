package org.drawbridge.media.relay;

import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.api.LegStats.Recovery;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;

/**
 * Counts what a peer asks for and sends again. Made at the first loss. Written by a media loop
 * alone, so adding needs no atomic instruction; read by any thread.
 */
final class RecoveryCounters {

  private static final int GENERIC_NACK = 1;
  private static final int PLI = 1;
  private static final int FIR = 4;
  private static final int FIXED = 12;
  private static final int NACK_ENTRY = 4;
  private static final int FIR_ENTRY = 8;

  private final AtomicLong askedAgain = new AtomicLong();
  private final AtomicLong picturesAsked = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  /** Whether a checked RTCP packet asks for packets or pictures again. */
  static boolean concerns(byte[] buf, int at) {
    int form = RtcpView.count(buf, at);
    return switch (RtcpView.type(buf, at)) {
      case RtcpView.RTPFB -> form == GENERIC_NACK;
      case RtcpView.PSFB -> form == PLI || form == FIR;
      default -> false;
    };
  }

  /** Counts such a packet if it is about a stream of ours. */
  void onFeedback(byte[] buf, int at, int ours) {
    int end = at + RtcpView.length(buf, at);
    if (RtcpView.type(buf, at) == RtcpView.PSFB && RtcpView.count(buf, at) == FIR) {
      for (int entry = at + FIXED; entry + FIR_ENTRY <= end; entry += FIR_ENTRY) {
        LegCounters.add(picturesAsked, Bytes.u32(buf, entry) == ours ? 1 : 0);
      }
    } else if (RtcpView.mediaSsrc(buf, at) == ours) {
      if (RtcpView.type(buf, at) == RtcpView.PSFB) {
        LegCounters.add(picturesAsked, 1);
      } else {
        LegCounters.add(askedAgain, lost(buf, at + FIXED, end));
      }
    }
  }

  /** Each entry names a packet, and by its bits those that follow (RFC 4585 section 6.2.1). */
  private static int lost(byte[] buf, int from, int end) {
    int count = 0;
    for (int entry = from; entry + NACK_ENTRY <= end; entry += NACK_ENTRY) {
      count += 1 + Integer.bitCount(Bytes.u16(buf, entry + 2));
    }
    return count;
  }

  void repeated() {
    LegCounters.add(repeated, 1);
  }

  Recovery snapshot() {
    return new Recovery(askedAgain.getAcquire(), picturesAsked.getAcquire(), repeated.getAcquire());
  }
}
