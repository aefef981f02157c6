package org.drawbridge.media.plane;

/** Sees the plain RTP packets that a peer sends. Called on its media loop; must not wait. */
@FunctionalInterface
public interface Tap {

  /** A valid packet, which may not be changed or kept. */
  void onRtp(byte[] buf, int off, int len, long nowNanos);
}
