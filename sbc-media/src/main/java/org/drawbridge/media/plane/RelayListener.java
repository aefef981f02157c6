package org.drawbridge.media.plane;

/** Hears from one transport, on a media loop's thread: implementations only hand the event over. */
public interface RelayListener {

  /** The first packet of the peer was accepted. */
  void onStarted();

  /** The transport cannot work; the reason names what failed. */
  void onFailed(String reason);

  /** ICE has not found the peer in time, and what has not come; told again while that is so. */
  default void onUnreached(String missing) {}

  /**
   * Nothing arrived for this long though the peer is expected to send. Told again each time that it
   * has lasted as long once more.
   */
  void onSilent(long silentMillis);

  /**
   * The peer is to send a whole picture and knows no feedback that asks for it; told once a second
   * at most.
   */
  default void onPictureWanted() {}

  /**
   * The peer pressed a key that the other side takes in signalling.
   *
   * @param key 0 to 9, *, #, A to D, or ! for hook flash
   * @param millis how long it was down
   */
  default void onKey(char key, int millis) {}
}
