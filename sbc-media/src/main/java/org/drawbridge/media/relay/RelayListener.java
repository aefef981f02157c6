package org.drawbridge.media.relay;

/** Hears from one transport, on a media loop's thread: implementations only hand the event over. */
public interface RelayListener {

  /** The first packet of the peer was accepted. */
  void onStarted();

  /** The transport cannot work; the reason names what failed. */
  void onFailed(String reason);

  /** Nothing arrived for this long though the peer is expected to send. Told once per silence. */
  void onSilent(long silentMillis);
}
