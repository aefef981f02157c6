package org.drawbridge.media.relay;

import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.StreamStats;

/**
 * Reports of our own to a peer whose other side sends none: SIPp, many phones, an announcement (RFC
 * 3550 6.4), or none that could be relayed: one whose codec is turned into another. The peer learns
 * how we receive it, and its answers tell us the round trip. As long as reports about its stream
 * are relayed, which measure from end to end, nothing is added to them. Owned by a media loop.
 *
 * <p>The clock of our sender reports goes on from that of the last one that was relayed to the peer
 * in any of its streams, so that it sees one sender whoever speaks. While the source it hears sends
 * some, ours are receiver reports: the source knows its clock better.
 */
final class OwnReports {

  /** Room for a report with one block and an SDES. */
  static final int CAPACITY = 512;

  /** Between two reports on average (RFC 3550 6.2). */
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  /** How long after a relayed one: others stretch the interval by half as much again. */
  private static final long RELAYED_NANOS = 2 * INTERVAL_NANOS;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int SENDER_INFO = 20;

  private final EndPoint endPoint;
  private long dice;
  private long dueNanos;
  private boolean begun;
  private boolean sourceReports;
  private int reportingSource;
  private long sourceReportNanos;
  private boolean endToEnd;
  private long endToEndNanos;
  private long packetsBefore;
  private int reportedSsrc;
  private long expectedBefore;
  private long lostBefore;
  private int heardSsrc;
  private int heardNtp;
  private long heardNanos;

  /**
   * Starts with nothing to report.
   *
   * @param random spreads reports in time
   * @param endPoint shared by all streams to the peer
   */
  OwnReports(long random, EndPoint endPoint) {
    this.endPoint = endPoint;
    dice = random | 1;
  }

  /** A sender report goes to the peer that the source of its stream has made; it lies at 0. */
  void onSenderReport(byte[] report, OutboundStream outbound, long nowNanos) {
    sourceReports = true;
    reportingSource = outbound.sourceSsrc();
    sourceReportNanos = nowNanos;
    endPoint.follow(ntpNanos(report, RtcpView.HEADER), nowNanos);
  }

  private static long ntpNanos(byte[] buf, int at) {
    long seconds = Bytes.u32(buf, at) & 0xFFFF_FFFFL;
    long fraction = Bytes.u32(buf, at + 4) & 0xFFFF_FFFFL;
    return seconds * NANOS_PER_SECOND + (fraction * NANOS_PER_SECOND >>> 32);
  }

  /** A report goes to the peer in which another tells how it hears it. */
  void onEndToEnd(long nowNanos) {
    endToEnd = true;
    endToEndNanos = nowNanos;
    postpone(nowNanos);
  }

  private void postpone(long nowNanos) {
    begun = true;
    dueNanos = nowNanos + RELAYED_NANOS;
  }

  /**
   * Tells, in a report that is relayed without, how we hear the peer; unless another has lately.
   *
   * @param out with room for a block
   * @return the blocks written, one or none
   */
  int addBlock(byte[] out, int at, StreamStats inbound, long nowNanos) {
    boolean told = endToEnd && nowNanos - endToEndNanos < RELAYED_NANOS;
    if (told || !inbound.started()) {
      return 0;
    }
    writeBlock(out, at, inbound, nowNanos);
    postpone(nowNanos);
    return 1;
  }

  /**
   * Remembers the time in a sender report of the peer, which ours repeat (LSR). Those of its other
   * streams come here too where they share a transport.
   */
  void onReceived(byte[] buf, int off, int len, StreamStats inbound, long nowNanos) {
    for (int at = off; at < off + len; at += RtcpView.length(buf, at)) {
      boolean sender = RtcpView.type(buf, at) == RtcpView.SR;
      if (sender && (!inbound.started() || inbound.ssrc() == RtcpView.ssrc(buf, at))) {
        heardSsrc = RtcpView.ssrc(buf, at);
        heardNtp = Bytes.u32(buf, at + RtcpView.HEADER + 2);
        heardNanos = nowNanos;
      }
    }
  }

  /** Whether one should be sent now; called a few times a second. */
  boolean isDue(StreamStats inbound, OutboundStream outbound, long nowNanos) {
    if (!inbound.started() && outbound.packets() == 0) {
      return false;
    }
    boolean due = begun && nowNanos - dueNanos >= 0;
    if (due || !begun) {
      // The first comes after half the time, so that the peer soon knows us.
      dueNanos = nowNanos + (begun ? interval() : interval() / 2);
      begun = true;
    }
    return due;
  }

  /** From half to one and a half times the mean, so that reports of many do not coincide. */
  private long interval() {
    dice ^= dice << 13;
    dice ^= dice >>> 7;
    dice ^= dice << 17;
    return INTERVAL_NANOS / 2 + Math.floorMod(dice, INTERVAL_NANOS);
  }

  /**
   * Writes a compound of a report and an SDES.
   *
   * @param out at least {@link #CAPACITY} bytes
   * @return its length
   */
  int write(byte[] out, StreamStats inbound, OutboundStream outbound, byte[] cname, long nowNanos) {
    boolean sends = outbound.packets() > packetsBefore && !hasReports(outbound, nowNanos);
    packetsBefore = outbound.packets();
    int end = RtcpView.HEADER;
    if (sends) {
      writeSenderInfo(out, end, outbound, nowNanos);
      end += SENDER_INFO;
    }
    boolean hears = inbound.started();
    if (hears) {
      writeBlock(out, end, inbound, nowNanos);
      end += RtcpView.REPORT_BLOCK;
    }
    RtcpView.putHeader(out, 0, hears ? 1 : 0, sends ? RtcpView.SR : RtcpView.RR, end);
    Bytes.put32(out, 4, outbound.ssrc());
    return SdesWriter.write(out, end, outbound.ssrc(), cname);
  }

  private boolean hasReports(OutboundStream outbound, long nowNanos) {
    return sourceReports
        && reportingSource == outbound.sourceSsrc()
        && nowNanos - sourceReportNanos < RELAYED_NANOS;
  }

  private void writeSenderInfo(byte[] out, int at, OutboundStream outbound, long nowNanos) {
    long time = endPoint.ntpNanos(nowNanos);
    Bytes.put32(out, at, (int) Math.floorDiv(time, NANOS_PER_SECOND));
    Bytes.put32(
        out, at + 4, (int) ((Math.floorMod(time, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND));
    Bytes.put32(out, at + 8, outbound.timestampAt(nowNanos));
    Bytes.put32(out, at + 12, (int) outbound.packets());
    Bytes.put32(out, at + 16, (int) outbound.octets());
  }

  private void writeBlock(byte[] out, int at, StreamStats inbound, long nowNanos) {
    int ssrc = inbound.ssrc();
    long expected = inbound.streamExpected();
    long lost = inbound.streamLost();
    // A restarted stream counts from its beginning.
    boolean goesOn = ssrc == reportedSsrc && expected >= expectedBefore;
    long newlyExpected = expected - (goesOn ? expectedBefore : 0);
    long newlyLost = Math.max(0, lost - (goesOn ? lostBefore : 0));
    int fraction = newlyExpected == 0 ? 0 : (int) Math.min(255, 256 * newlyLost / newlyExpected);
    reportedSsrc = ssrc;
    expectedBefore = expected;
    lostBefore = lost;
    int total = (int) Math.clamp(lost, -0x800000, 0x7FFFFF);
    boolean heard = heardNanos != 0 && heardSsrc == ssrc;
    Bytes.put32(out, at, ssrc);
    Bytes.put32(out, at + 4, fraction << 24 | total & 0xFFFFFF);
    Bytes.put32(out, at + 8, (int) inbound.extendedHighest());
    Bytes.put32(out, at + 12, inbound.jitterTicks());
    Bytes.put32(out, at + 16, heard ? heardNtp : 0);
    Bytes.put32(
        out, at + 20, heard ? (int) ((nowNanos - heardNanos) / 1000 * 65_536 / 1_000_000) : 0);
  }
}
