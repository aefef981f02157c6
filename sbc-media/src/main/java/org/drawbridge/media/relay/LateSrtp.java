package org.drawbridge.media.relay;

import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;

/**
 * What a peer had still protected when its description said that it protects no more: without its
 * keys that would be heard as noise. Owned by a media loop.
 */
final class LateSrtp {

  /** A peer begins anew when our answer has come, and what is on its way comes after that. */
  private static final long LATE_NANOS = 3_000_000_000L;

  private final SrtpReceiver receiver;
  private final long sinceNanos;
  private byte[] kept = {};

  LateSrtp(SrtpReceiver receiver, long nowNanos) {
    this.receiver = receiver;
    sinceNanos = nowNanos;
  }

  /** Unprotects a packet in place; false, and it is as it was, where it is not protected. */
  boolean opens(byte[] buf, int off, int len, long nowNanos) {
    if (nowNanos - sinceNanos >= LATE_NANOS) {
      return false;
    }
    if (kept.length < len) {
      kept = new byte[len];
    }
    System.arraycopy(buf, off, kept, 0, len);
    boolean open = receiver.unprotectRtp(buf, off, len) == SrtpResult.OK;
    if (!open) {
      System.arraycopy(kept, 0, buf, off, len);
    }
    return open;
  }

  /** Plain length of the packet last opened. */
  int length() {
    return receiver.length();
  }
}
