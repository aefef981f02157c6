package org.drawbridge.media.dtmf;

/** Hears which keys a peer presses, while it does. Times are of the media loop's clock. */
public interface KeyListener {

  /** A key went down, or is still down. */
  void onKey(int event, long nowNanos);

  /**
   * The key that was down last is up.
   *
   * @param millis how long it was down by the peer's own account
   */
  void onRelease(int event, int millis, long nowNanos);
}
