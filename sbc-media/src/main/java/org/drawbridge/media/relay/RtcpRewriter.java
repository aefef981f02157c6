package org.drawbridge.media.relay;

import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.Seq;

/**
 * Writes what one leg's peer reported as the other leg's peer must see it: our SSRCs, its own
 * stream's sequence numbers and timestamps, our canonical name. Sender reports keep their NTP time,
 * so round-trip times are measured from end to end. One per media loop.
 *
 * <p>Of a stream whose codec is turned into another, sender reports pass, but what its receiver
 * says of our packets is not true of the source's: both sides get reports of ours (RFC 3550 7.2).
 *
 * <p>The result always starts with a report and an SDES, also for reduced-size feedback (RFC 5506),
 * since we do not know that the other peer takes that. What cannot be mapped is left out: APP and
 * XR. So is BYE: our stream goes on with the source that follows, after a transfer for one, and
 * whoever has heard that it ended may forget it (RFC 3550 6.3.4).
 */
final class RtcpRewriter {

  private static final int CAPACITY = 1400;
  private static final int SENDER_INFO = 20;
  private static final int MAX_BLOCKS = 31;

  /** What a leg of another call in this process has sent lies where the result goes. */
  private final byte[] copy = new byte[CAPACITY];

  private final byte[] out = new byte[CAPACITY + Egress.TAIL_ROOM];
  private final long wallClock;
  private int end;

  /**
   * Makes one.
   *
   * @param wallClock what added to the loop's time gives NTP's, in nanoseconds since 1900
   */
  RtcpRewriter(long wallClock) {
    this.wallClock = wallClock;
  }

  /** NTP's time less the loop's, in nanoseconds. */
  long wallClock() {
    return wallClock;
  }

  /** Where the result lies, from offset 0, with room behind it for protection. */
  byte[] buffer() {
    return out;
  }

  /**
   * Rewrites a compound whose lengths were checked.
   *
   * @param from the leg it came from
   * @param to the leg it goes to
   * @return the result's length, 0 when nothing is to be sent
   */
  int rewrite(byte[] buf, int off, int len, RelayLeg from, RelayLeg to, long nowNanos) {
    if (buf == out) {
      System.arraycopy(out, off, copy, 0, len);
      return rewrite(copy, 0, len, from, to, nowNanos);
    }
    boolean found = writeReport(buf, off, off + len, from, to, nowNanos);
    writeSdes(to);
    for (int at = off; at < off + len; at += RtcpView.length(buf, at)) {
      found |=
          switch (RtcpView.type(buf, at)) {
            // Where streams share a transport a report may be about the others alone.
            case RtcpView.SR, RtcpView.RR -> !from.isBundled();
            case RtcpView.RTPFB, RtcpView.PSFB -> writeFeedback(buf, at, from, to);
            default -> false;
          };
    }
    return found ? end : 0;
  }

  /**
   * Asks a leg's peer for a whole picture.
   *
   * @return the result's length, 0 when the peer does not understand that
   */
  int wholePicture(RelayLeg to) {
    end = RtcpView.HEADER;
    RtcpView.putHeader(out, 0, 0, RtcpView.RR, end);
    Bytes.put32(out, 4, to.outbound().ssrc());
    writeSdes(to);
    int written = RtcpFeedback.wholePicture(to, out, end);
    return written == 0 ? 0 : end + written;
  }

  /** One SR or RR of all reports in the compound; false when it says nothing. */
  private boolean writeReport(
      byte[] buf, int off, int limit, RelayLeg from, RelayLeg to, long nowNanos) {
    int senderReport = -1;
    for (int at = off; at < limit; at += RtcpView.length(buf, at)) {
      if (RtcpView.type(buf, at) == RtcpView.SR
          && hasTime(buf, at)
          && from.isHeardBy(to, RtcpView.ssrc(buf, at))) {
        senderReport = at;
      }
    }
    end = RtcpView.HEADER;
    if (senderReport >= 0) {
      writeSenderInfo(buf, senderReport, from, to);
      to.reports().onSenderReport(out, to.outbound(), nowNanos);
    }
    int blocks = 0;
    for (int at = off; at < limit; at += RtcpView.length(buf, at)) {
      blocks += writeBlocks(buf, at, from, to, MAX_BLOCKS - blocks);
    }
    if (blocks > 0) {
      to.reports().onEndToEnd(nowNanos);
    } else if (senderReport >= 0 || isReport(buf, off) && !from.isBundled()) {
      blocks = to.reports().addBlock(out, end, to.inbound(), nowNanos);
      end += blocks * RtcpView.REPORT_BLOCK;
    }
    int type = senderReport >= 0 ? RtcpView.SR : RtcpView.RR;
    RtcpView.putHeader(out, 0, blocks, type, end);
    Bytes.put32(out, 4, to.outbound().ssrc());
    return senderReport >= 0 || blocks > 0;
  }

  private static boolean isReport(byte[] buf, int at) {
    int type = RtcpView.type(buf, at);
    return type == RtcpView.SR || type == RtcpView.RR;
  }

  /** A sender that has no clock says 0 (RFC 3550 6.4.1); then ours is the better one. */
  private static boolean hasTime(byte[] buf, int at) {
    return (Bytes.u32(buf, at + RtcpView.HEADER) | Bytes.u32(buf, at + RtcpView.HEADER + 4)) != 0;
  }

  private void writeSenderInfo(byte[] buf, int at, RelayLeg from, RelayLeg to) {
    System.arraycopy(buf, at + RtcpView.HEADER, out, end, 8);
    int timestamp = Bytes.u32(buf, at + RtcpView.HEADER + 8);
    OutboundStream stream = to.outbound();
    Bytes.put32(out, end + 8, stream.toOutTimestamp(from.toSentTimestamp(to, timestamp)));
    Bytes.put32(out, end + 12, (int) stream.packets());
    Bytes.put32(out, end + 16, (int) stream.octets());
    end += SENDER_INFO;
  }

  /** Blocks about our stream become blocks about the stream it carries. */
  private int writeBlocks(byte[] buf, int at, RelayLeg from, RelayLeg to, int room) {
    if (!isReport(buf, at) || !isCarrying(from, to)) {
      return 0;
    }
    int written = 0;
    int sender = RtcpView.type(buf, at) == RtcpView.SR ? SENDER_INFO : 0;
    int block = at + RtcpView.HEADER + sender;
    for (int i = 0; i < RtcpView.count(buf, at); i++, block += RtcpView.REPORT_BLOCK) {
      if (Bytes.u32(buf, block) == from.outbound().ssrc() && written < room) {
        writeBlock(buf, block, from, to);
        written++;
      }
    }
    return written;
  }

  private void writeBlock(byte[] buf, int block, RelayLeg from, RelayLeg to) {
    System.arraycopy(buf, block, out, end, RtcpView.REPORT_BLOCK);
    Bytes.put32(out, end, to.inbound().ssrc());
    int seq = from.outbound().toSourceSeq(Bytes.u16(buf, block + 10));
    long highest = Seq.extend(to.inbound().extendedHighest(), seq);
    Bytes.put32(out, end + 8, (int) highest);
    if (from.monitor().isFromOther(Bytes.u32(out, end + 16), to.inbound().ssrc())) {
      // It would compare the time with its own clock.
      Bytes.put32(out, end + 16, 0);
      Bytes.put32(out, end + 20, 0);
    }
    end += RtcpView.REPORT_BLOCK;
  }

  private void writeSdes(RelayLeg to) {
    end = SdesWriter.write(out, end, to.outbound().ssrc(), to.cname());
  }

  private boolean writeFeedback(byte[] buf, int at, RelayLeg from, RelayLeg to) {
    int written = RtcpFeedback.write(buf, at, from, to, out, end, CAPACITY);
    end += written;
    return written > 0;
  }

  /** Whether what {@code from} was sent is the stream {@code to} is sending now. */
  private static boolean isCarrying(RelayLeg from, RelayLeg to) {
    return to.inbound().started() && from.outbound().carries(to.inbound().ssrc());
  }
}
