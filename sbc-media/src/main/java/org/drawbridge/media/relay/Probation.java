package org.drawbridge.media.relay;

import java.net.InetSocketAddress;
import org.drawbridge.media.rtp.Seq;
import org.jspecify.annotations.Nullable;

/** Counts how many packets in sequence one address has sent. Reused address after address. */
final class Probation {

  private static final int MAX_GAP = 10;

  private @Nullable InetSocketAddress address;
  private int ssrc;
  private int seq;
  private int count;

  boolean isOf(InetSocketAddress source) {
    return source.equals(address);
  }

  void begin(InetSocketAddress source) {
    address = source;
    count = 0;
  }

  void forget() {
    address = null;
    count = 0;
  }

  /** Counts a packet; one of another stream or far from the last starts the count anew. */
  int onPacket(int ssrc, int seq) {
    int step = Seq.distance(this.seq, seq);
    boolean consistent = count > 0 && ssrc == this.ssrc && step > 0 && step <= MAX_GAP;
    count = consistent ? count + 1 : 1;
    this.ssrc = ssrc;
    this.seq = seq;
    return count;
  }
}
