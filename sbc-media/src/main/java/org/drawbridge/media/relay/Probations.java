package org.drawbridge.media.relay;

import java.net.InetSocketAddress;

/** The latest addresses that try to prove themselves, a few at a time. Owned by a media loop. */
final class Probations {

  private static final Probation[] NONE = {};

  /** Made when the first stranger comes: most ports never see one. */
  private Probation[] candidates = NONE;

  private int next;

  /** Counts a packet and returns how many in sequence its address has sent. */
  int onPacket(InetSocketAddress from, int ssrc, int seq) {
    for (Probation candidate : candidates) {
      if (candidate.isOf(from)) {
        return candidate.onPacket(ssrc, seq);
      }
    }
    if (candidates == NONE) {
      candidates =
          new Probation[] {new Probation(), new Probation(), new Probation(), new Probation()};
    }
    Probation candidate = candidates[next];
    next = (next + 1) % candidates.length;
    candidate.begin(from);
    return candidate.onPacket(ssrc, seq);
  }

  /** Everybody has to begin anew. */
  void forget() {
    for (Probation candidate : candidates) {
      candidate.forget();
    }
  }
}
