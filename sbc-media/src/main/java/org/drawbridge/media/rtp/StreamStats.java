package org.drawbridge.media.rtp;

/**
 * Reception of one peer's stream (RFC 3550 A.1, A.3, A.8). A new SSRC or a restarted sequence
 * starts a new count; losses of the earlier ones stay in the sum. One packet far out of order is
 * late or noise and not counted, two in a row prove a restart. Owned by a media loop.
 */
public final class StreamStats {

  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;
  private static final int NO_SEQ = -1;
  private static final double NANOS_PER_SECOND = 1e9;

  private boolean started;
  private int ssrc;
  private long first;
  private long highest;
  private long received;
  private long lostBefore;
  private long expectedBefore;
  private double jitterSeconds;
  private double transit;
  private int lastTimestamp;
  private int lastClockRate;
  private int badSeq = NO_SEQ;

  /**
   * Counts one packet.
   *
   * @param clockRate the payload's RTP clock in Hz
   * @param nowNanos arrival, on any steady clock
   */
  public void onPacket(int ssrc, int seq, int timestamp, int clockRate, long nowNanos) {
    int step = Seq.distance((int) highest, seq);
    boolean another = !started || ssrc != this.ssrc;
    boolean far = step > MAX_DROPOUT || step < -MAX_MISORDER;
    if (!another && far && seq != badSeq) {
      badSeq = seq + 1 & 0xFFFF;
      return;
    }
    badSeq = NO_SEQ;
    if (another || far) {
      restart(ssrc, seq);
      transit = transit(timestamp, clockRate, nowNanos);
    } else {
      highest = Math.max(highest, Seq.extend(highest, seq));
      updateJitter(timestamp, clockRate, nowNanos);
    }
    lastTimestamp = timestamp;
    lastClockRate = clockRate;
    received++;
  }

  private void restart(int ssrc, int seq) {
    lostBefore = lost();
    expectedBefore = expected();
    started = true;
    this.ssrc = ssrc;
    first = seq;
    highest = seq;
    received = 0;
  }

  private void updateJitter(int timestamp, int clockRate, long nowNanos) {
    double now = transit(timestamp, clockRate, nowNanos);
    // Packets of one frame or one telephone-event share a timestamp: they say nothing of jitter.
    if (timestamp != lastTimestamp) {
      double difference = Math.abs(now - transit);
      // A step of more than a second is a clock jump or a talk spurt with a new base.
      if (difference < 1) {
        jitterSeconds += (difference - jitterSeconds) / 16;
      }
      transit = now;
    }
  }

  private static double transit(int timestamp, int clockRate, long nowNanos) {
    return nowNanos / NANOS_PER_SECOND - (timestamp & 0xFFFFFFFFL) / (double) clockRate;
  }

  /** Whether a packet was counted. */
  public boolean started() {
    return started;
  }

  /** SSRC of the current stream. */
  public int ssrc() {
    return ssrc;
  }

  /** Highest sequence number of the current stream, cycles included. */
  public long extendedHighest() {
    return highest;
  }

  /** Packets never seen, over all streams; duplicates can hide losses as in RFC 3550. */
  public long lost() {
    return lostBefore + (started ? Math.max(0, highest - first + 1 - received) : 0);
  }

  /** Packets sent so far by sequence number, over all streams. */
  public long expected() {
    return expectedBefore + (started ? highest - first + 1 : 0);
  }

  /** Packets of the current stream sent so far, by sequence number. */
  public long streamExpected() {
    return started ? highest - first + 1 : 0;
  }

  /** Packets of the current stream never seen; duplicates make it negative (RFC 3550 6.4.1). */
  public long streamLost() {
    return started ? highest - first + 1 - received : 0;
  }

  /** Interarrival jitter in ticks of the stream's own clock, as reports have it. */
  public int jitterTicks() {
    return (int) (jitterSeconds * lastClockRate);
  }

  /** Interarrival jitter in milliseconds. */
  public double jitterMillis() {
    return jitterSeconds * 1000;
  }
}
