package org.drawbridge.media.relay;

/**
 * How one peer has been asked for whole pictures: the numbers of our demands (RFC 5104 4.3.1.1),
 * and whether signalling is to ask it, since it knows no such feedback (RFC 5168). Owned by a media
 * loop.
 */
final class PictureRequests {

  /** Receivers repeat themselves until the picture is there; signalling takes its time. */
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private int firNumber;
  private int askedFir = -1;
  private boolean wanted;
  private boolean told;
  private long toldNanos;

  /** Another side asks from now on. */
  void forget() {
    askedFir = -1;
  }

  /** The number of the next whole picture we demand. */
  int nextFirNumber() {
    firNumber = firNumber + 1 & 0xFF;
    return firNumber;
  }

  /** Our number for a demand of the other side: another one where that is new, not repeated. */
  int firNumber(int asked) {
    if (asked != askedFir) {
      askedFir = asked;
      return nextFirNumber();
    }
    return firNumber;
  }

  /** A whole picture is wanted that feedback cannot ask for. */
  void want() {
    wanted = true;
  }

  /** Whether signalling is to ask now: once for all that came since the last time. */
  boolean isDue(long nowNanos) {
    boolean due = wanted && (!told || nowNanos - toldNanos >= INTERVAL_NANOS);
    if (due) {
      wanted = false;
      told = true;
      toldNanos = nowNanos;
    }
    return due;
  }
}
