package org.drawbridge.media.relay;

import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.StreamStats;

/**
 * Reads a peer's RTCP reports about what we send it (RFC 3550 6.4, RFC 3611) and follows the loss
 * of what it sends. Written by a media loop; {@link #report} by any thread.
 */
final class PathMonitor {

  /** Extended reports (RFC 3611). */
  private static final int XR = 207;

  private static final int VOIP_METRICS = 7;
  private static final int VOIP_METRICS_BYTES = 36;
  private static final int MOS_CQ = 27;
  private static final int UNAVAILABLE = 127;

  private static final long WINDOW_NANOS = 5_000_000_000L;

  /** Sender reports a peer may still answer. */
  private static final int REPORTS = 4;

  /** No network is that slow: a report that says so is wrong. */
  private static final double MAX_ROUND_TRIP_MILLIS = 30_000;

  private final int[] sentNtp = new int[REPORTS];
  private final int[] sentSource = new int[REPORTS];
  private final long[] sentNanos = new long[REPORTS];
  private int nextSent;
  private long windowNanos;
  private long windowExpected;
  private long windowLost;
  private long spannedBefore;
  private long missingBefore;
  private volatile PathReport report = PathReport.UNKNOWN;

  /** What is known. */
  PathReport report() {
    return report;
  }

  /**
   * Remembers a sender report that goes to the peer, for the round trip its answer will tell.
   *
   * @param source SSRC of who has made it
   */
  void onSent(byte[] buf, int off, int source, long nowNanos) {
    if (RtcpView.type(buf, off) == RtcpView.SR) {
      sentNtp[nextSent] = middle(buf, off + RtcpView.HEADER);
      sentSource[nextSent] = source;
      sentNanos[nextSent] = nowNanos;
      nextSent = (nextSent + 1) % REPORTS;
    }
  }

  /** Whether a time that the peer repeats (LSR) is from a report that another source has made. */
  boolean isFromOther(int lastReport, int source) {
    for (int i = 0; i < REPORTS; i++) {
      if (sentNanos[i] != 0 && sentNtp[i] == lastReport) {
        return sentSource[i] != source;
      }
    }
    return false;
  }

  /** The middle 32 bits of an NTP timestamp. */
  private static int middle(byte[] buf, int off) {
    return Bytes.u32(buf, off + 2);
  }

  /**
   * Reads the peer's reports in a compound whose lengths were checked.
   *
   * @param ours what we send to the peer
   */
  void onReceived(byte[] buf, int off, int len, OutboundStream ours, long nowNanos) {
    for (int at = off; at < off + len; at += RtcpView.length(buf, at)) {
      int type = RtcpView.type(buf, at);
      if (type == RtcpView.SR || type == RtcpView.RR) {
        int block = at + RtcpView.HEADER + (type == RtcpView.SR ? 20 : 0);
        for (int i = 0; i < RtcpView.count(buf, at); i++, block += RtcpView.REPORT_BLOCK) {
          if (Bytes.u32(buf, block) == ours.ssrc() && ours.clockRate() > 0) {
            onBlock(buf, block, ours, nowNanos);
          }
        }
      } else if (type == XR) {
        onExtended(buf, at, at + RtcpView.length(buf, at), ours.ssrc());
      }
    }
  }

  /**
   * Gaps of a source stay gaps in what we send. What was lost before us the peer misses too, but
   * not on its way.
   */
  private void onBlock(byte[] buf, int at, OutboundStream ours, long nowNanos) {
    PathReport last = report;
    // Signed, 24 bits: duplicates can make it negative.
    int lost = Bytes.u32(buf, at + 4) << 8 >> 8;
    double jitter = (Bytes.u32(buf, at + 12) & 0xFFFFFFFFL) * 1000.0 / ours.clockRate();
    double roundTrip = roundTrip(Bytes.u32(buf, at + 16), Bytes.u32(buf, at + 20), nowNanos);
    report =
        new PathReport(
            last.expected(),
            last.recentLoss(),
            Math.max(0, lost - ours.missing()),
            behindUs((buf[at + 4] & 0xFF) / 256.0, ours),
            jitter,
            roundTrip >= 0 ? roundTrip : last.roundTripMillis(),
            last.peerMos());
  }

  /** Of a fraction that the peer has missed since its last report, what we had sent. */
  private double behindUs(double missed, OutboundStream ours) {
    long numbers = ours.spanned() - spannedBefore;
    long missing = Math.max(0, ours.missing() - missingBefore);
    spannedBefore = ours.spanned();
    missingBefore = ours.missing();
    return missing == 0 || missing >= numbers
        ? missed
        : Math.max(0, (missed * numbers - missing) / (numbers - missing));
  }

  private double roundTrip(int lastReport, int delay, long nowNanos) {
    for (int i = 0; lastReport != 0 && i < REPORTS; i++) {
      if (sentNtp[i] == lastReport && sentNanos[i] != 0) {
        double waited = (delay & 0xFFFFFFFFL) * 1000.0 / 65_536;
        double millis = (nowNanos - sentNanos[i]) / 1e6 - waited;
        return millis > MAX_ROUND_TRIP_MILLIS ? -1 : Math.max(0, millis);
      }
    }
    return -1;
  }

  /** Blocks say how long they are; one that does not fit ends it. */
  private void onExtended(byte[] buf, int packet, int end, int ours) {
    for (int at = packet + RtcpView.HEADER; at + 4 <= end; ) {
      int length = 4 + 4 * Bytes.u16(buf, at + 2);
      if (at + length > end) {
        return;
      }
      boolean metrics = (buf[at] & 0xFF) == VOIP_METRICS && length == VOIP_METRICS_BYTES;
      if (metrics && Bytes.u32(buf, at + 4) == ours) {
        onScore(buf[at + MOS_CQ] & 0xFF);
      }
      at += length;
    }
  }

  private void onScore(int tenths) {
    PathReport last = report;
    if (tenths >= 10 && tenths <= 50 && tenths != UNAVAILABLE) {
      report =
          new PathReport(
              last.expected(),
              last.recentLoss(),
              last.sentLost(),
              last.sentRecentLoss(),
              last.sentJitterMillis(),
              last.roundTripMillis(),
              tenths / 10.0);
    }
  }

  /** Follows what the peer sends; called a few times a second. */
  void onTick(StreamStats inbound, long nowNanos) {
    if (!inbound.started() || nowNanos - windowNanos < WINDOW_NANOS) {
      return;
    }
    long expected = inbound.expected() - windowExpected;
    long lost = inbound.lost() - windowLost;
    double fraction = expected <= 0 ? 0 : Math.clamp((double) lost / expected, 0, 1);
    windowNanos = nowNanos;
    windowExpected = inbound.expected();
    windowLost = inbound.lost();
    PathReport last = report;
    report =
        new PathReport(
            inbound.expected(),
            fraction,
            last.sentLost(),
            last.sentRecentLoss(),
            last.sentJitterMillis(),
            last.roundTripMillis(),
            last.peerMos());
  }
}
