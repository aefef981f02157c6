package org.drawbridge.media.relay;

import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.rtp.StreamStats;

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

  private static void add(AtomicLong counter, long amount) {
    counter.setRelease(counter.getPlain() + amount);
  }

  LegStats snapshot() {
    return new LegStats(
        packetsReceived.getAcquire(),
        packetsSent.getAcquire(),
        bytesReceived.getAcquire(),
        bytesSent.getAcquire(),
        packetsRefused.getAcquire(),
        packetsLost.getAcquire(),
        Double.longBitsToDouble(jitterBits.getAcquire()));
  }
}
