package org.drawbridge.media.relay;

import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.rtp.Seq;

/**
 * The one stream a peer receives from us. Its SSRC never changes; sequence numbers and timestamps
 * run on whatever sources follow one another (hold and resume, forks, echo, a phone that restarts),
 * so that receivers and SRTP see one sender. Gaps and reordering of a source stay visible. Owned by
 * a media loop.
 */
final class OutboundStream {

  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;
  private static final int NO_SEQ = -1;

  private final int ssrc;
  private final Succession succession = new Succession();
  private boolean anchored;
  private int sourceSsrc;
  private long anchor;
  private int highestIn;
  private int badSeq = NO_SEQ;
  private long highestOut;
  private int lastTimestamp;
  private int lastClockRate;
  private long lastNanos;
  private int seqOffset;
  private int timestampOffset;
  private int seq;
  private int timestamp;
  private int besideSsrc;
  private int besideSeq = NO_SEQ;
  private int besideTimestamp;
  private int besideOut;
  private boolean newSource;
  private long begun;
  private long packets;
  private long octets;

  /**
   * Starts a stream.
   *
   * @param random its 48 low bits become the first sequence number and timestamp; the former below
   *     2^15 so that the first wrap is far (RFC 3711 3.3.1)
   */
  OutboundStream(int ssrc, long random) {
    this.ssrc = ssrc;
    highestOut = random & 0x7FFF;
    lastTimestamp = (int) (random >>> 16);
  }

  /**
   * Finds the place of a packet as {@link #place(int, int, int, int, long)}; a key's that has an
   * SSRC of its own is {@link #placeBeside put beside} the source.
   */
  boolean place(byte[] buf, int off, int clockRate, boolean key, long nowNanos) {
    int inSsrc = RtpView.ssrc(buf, off);
    int inSeq = RtpView.seq(buf, off);
    int inTimestamp = RtpView.timestamp(buf, off);
    return key && anchored && inSsrc != sourceSsrc
        ? placeBeside(inSsrc, inSeq, inTimestamp, nowNanos)
        : place(inSsrc, inSeq, inTimestamp, clockRate, nowNanos);
  }

  /**
   * Finds the place of a packet that comes beside the source, which goes on: it is the next. What
   * shares a timestamp, as all of one key does, shares one here.
   *
   * @return false for one that is late, or there twice
   */
  private boolean placeBeside(int inSsrc, int inSeq, int inTimestamp, long nowNanos) {
    boolean goesOn = besideSsrc == inSsrc && besideSeq != NO_SEQ;
    int step = goesOn ? Seq.distance(besideSeq, inSeq) : 1;
    if (step <= 0 && step >= -MAX_MISORDER) {
      return false;
    }
    if (!goesOn || besideTimestamp != inTimestamp) {
      besideTimestamp = inTimestamp;
      besideOut = timestampAt(nowNanos);
    }
    besideSsrc = inSsrc;
    besideSeq = inSeq;
    newSource = false;
    timestamp = besideOut;
    seq = (int) ++highestOut & 0xFFFF;
    anchor = highestOut + 1;
    seqOffset++;
    return true;
  }

  /**
   * Finds the place of a source's packet; {@link #seq}, {@link #timestamp} and {@link #isNewSource}
   * tell it.
   *
   * @return false when the packet must be dropped: a straggler, or out of any plausible order
   */
  boolean place(int inSsrc, int inSeq, int inTimestamp, int clockRate, long nowNanos) {
    if (!anchored || inSsrc != sourceSsrc) {
      if (anchored && succession.isLeft(inSsrc, lastNanos, nowNanos)) {
        return false;
      }
      anchorAt(inSsrc, inSeq, inTimestamp, clockRate, nowNanos);
      return true;
    }
    int step = Seq.distance(highestIn, inSeq);
    if (step > MAX_DROPOUT || step < -MAX_MISORDER) {
      return placeAfterJump(inSsrc, inSeq, inTimestamp, clockRate, nowNanos);
    }
    if (highestOut + step < anchor) {
      return false;
    }
    badSeq = NO_SEQ;
    newSource = false;
    seq = inSeq + seqOffset & 0xFFFF;
    timestamp = inTimestamp + timestampOffset;
    lastClockRate = clockRate;
    if (step > 0) {
      advance(inSeq, step, nowNanos);
    }
    return true;
  }

  /**
   * A packet of the source is not passed on: those after it take its place, lest the receiver
   * counts it as lost. What is late from before it has no place any more.
   */
  void leaveOut(int inSsrc, int inSeq) {
    int step = Seq.distance(highestIn, inSeq);
    if (carries(inSsrc) && step > 0 && step <= MAX_DROPOUT) {
      highestIn = inSeq;
      highestOut += step - 1;
      anchor = highestOut + 1;
      seqOffset--;
    }
  }

  private void advance(int inSeq, int step, long nowNanos) {
    highestIn = inSeq;
    highestOut += step;
    lastTimestamp = timestamp;
    lastNanos = nowNanos;
  }

  /** Two packets in sequence prove that a source restarted (RFC 3550 A.1); one is noise. */
  private boolean placeAfterJump(
      int inSsrc, int inSeq, int inTimestamp, int clockRate, long nowNanos) {
    if (inSeq != badSeq) {
      badSeq = inSeq + 1 & 0xFFFF;
      return false;
    }
    anchorAt(inSsrc, inSeq, inTimestamp, clockRate, nowNanos);
    return true;
  }

  private void anchorAt(int inSsrc, int inSeq, int inTimestamp, int clockRate, long nowNanos) {
    int next = lastTimestamp + elapsed(clockRate, nowNanos);
    if (anchored) {
      succession.leave(sourceSsrc, nowNanos);
    }
    sourceSsrc = inSsrc;
    anchored = true;
    badSeq = NO_SEQ;
    newSource = true;
    anchor = highestOut + 1;
    seq = (int) anchor & 0xFFFF;
    timestamp = next;
    lastClockRate = clockRate;
    seqOffset = seq - inSeq;
    timestampOffset = timestamp - inTimestamp;
    advance(inSeq, 1, nowNanos);
  }

  private int elapsed(int clockRate, long nowNanos) {
    long gap = packets == 0 ? 0 : (nowNanos - lastNanos) / 1000 * clockRate / 1_000_000;
    return (int) Math.max(1, gap);
  }

  /**
   * Finds the place of a packet of our own, after what was sent last and by the time since. A
   * source that goes on afterwards is placed after it.
   *
   * @param clockRate in Hz, where nothing was sent yet
   */
  void begin(int clockRate, long nowNanos) {
    anchored = false;
    int rate = lastClockRate == 0 ? clockRate : lastClockRate;
    lastTimestamp += elapsed(rate, nowNanos);
    lastClockRate = rate;
    lastNanos = nowNanos;
    follow();
  }

  /** The place after a packet of our own; its timestamp grows by so many nanoseconds, or not. */
  void follow(int timestampStep, long stepNanos) {
    lastTimestamp += timestampStep;
    lastNanos += stepNanos;
    follow();
  }

  private void follow() {
    timestamp = lastTimestamp;
    seq = (int) ++highestOut & 0xFFFF;
  }

  /** Whether a source is carried. */
  boolean isAnchored() {
    return anchored;
  }

  /** The next packet comes from another source, whatever its SSRC. */
  void detach() {
    anchored = false;
  }

  /** Counts a packet that was sent. */
  void sent(int payloadBytes) {
    if (packets == 0) {
      begun = highestOut;
    }
    packets++;
    octets += payloadBytes;
  }

  /** Our SSRC toward the peer. */
  int ssrc() {
    return ssrc;
  }

  /** Sequence number of the packet last placed. */
  int seq() {
    return seq;
  }

  /** Writes the place of the packet last placed, and our SSRC, into its header. */
  void stamp(byte[] buf, int off) {
    RtpView.setSeq(buf, off, seq);
    RtpView.setTimestamp(buf, off, timestamp);
    RtpView.setSsrc(buf, off, ssrc);
  }

  /** Timestamp of the packet last placed. */
  int timestamp() {
    return timestamp;
  }

  /** What the timestamp of a packet would be that was taken now. */
  int timestampAt(long nowNanos) {
    return lastTimestamp + (int) ((nowNanos - lastNanos) / 1000 * lastClockRate / 1_000_000);
  }

  /** Whether the packet last placed is the first of a source. */
  boolean isNewSource() {
    return newSource;
  }

  /** Whether packets of this SSRC are what the stream carries now. */
  boolean carries(int inSsrc) {
    return anchored && inSsrc == sourceSsrc;
  }

  /** SSRC of the source carried now; meaningless before the first packet. */
  int sourceSsrc() {
    return sourceSsrc;
  }

  /** Our timestamp for one of the source. */
  int toOutTimestamp(int inTimestamp) {
    return inTimestamp + timestampOffset;
  }

  /** Our sequence number for one of the source. */
  int toOutSeq(int inSeq) {
    return inSeq + seqOffset & 0xFFFF;
  }

  /** The source's sequence number for one of ours. */
  int toSourceSeq(int outSeq) {
    return outSeq - seqOffset & 0xFFFF;
  }

  /** RTP clock of what was placed last in Hz, 0 before that. */
  int clockRate() {
    return lastClockRate;
  }

  /** Packets sent. */
  long packets() {
    return packets;
  }

  /** Numbers since the first packet that was sent, that of it included. */
  long spanned() {
    return packets == 0 ? 0 : highestOut - begun + 1;
  }

  /** Of these numbers, those that were never sent: the source's packets were lost before us. */
  long missing() {
    return Math.max(0, spanned() - packets);
  }

  /** Payload bytes sent. */
  long octets() {
    return octets;
  }
}
