package org.drawbridge.media.relay;

import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.LegStats.Recovery;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.StreamStats;
import org.jspecify.annotations.Nullable;

/**
 * What a transport counted. Written by its media loop alone, so adding needs no atomic instruction;
 * read by any thread.
 */
final class LegCounters {

  private final AtomicLong packetsReceived = new AtomicLong();
  private final AtomicLong packetsSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong packetsRefused = new AtomicLong();
  private final AtomicLong packetsLost = new AtomicLong();
  private final AtomicLong jitterBits = new AtomicLong();
  private volatile @Nullable RecoveryCounters recovery;

  void received(int payloadBytes, StreamStats stream) {
    add(packetsReceived, 1);
    add(bytesReceived, payloadBytes);
    packetsLost.setRelease(stream.lost());
    jitterBits.setRelease(Double.doubleToRawLongBits(stream.jitterMillis()));
  }

  void sent(int payloadBytes) {
    add(packetsSent, 1);
    add(bytesSent, payloadBytes);
  }

  void refused() {
    add(packetsRefused, 1);
  }

  /** The peer has sent a packet again. */
  void repeated() {
    recovery().repeated();
  }

  /** Counts what a compound, whose lengths were checked, asks for again of a stream of ours. */
  void onRtcp(byte[] buf, int off, int len, int ours) {
    for (int at = off; at < off + len; at += RtcpView.length(buf, at)) {
      if (RecoveryCounters.concerns(buf, at)) {
        recovery().onFeedback(buf, at, ours);
      }
    }
  }

  private RecoveryCounters recovery() {
    RecoveryCounters made = recovery;
    if (made == null) {
      made = new RecoveryCounters();
      recovery = made;
    }
    return made;
  }

  /** Adds on the media loop, the one that writes. */
  static void add(AtomicLong counter, long amount) {
    counter.setRelease(counter.getPlain() + amount);
  }

  LegStats snapshot() {
    RecoveryCounters made = recovery;
    return new LegStats(
        packetsReceived.getAcquire(),
        packetsSent.getAcquire(),
        bytesReceived.getAcquire(),
        bytesSent.getAcquire(),
        packetsRefused.getAcquire(),
        packetsLost.getAcquire(),
        Double.longBitsToDouble(jitterBits.getAcquire()),
        made == null ? Recovery.NONE : made.snapshot());
  }
}
