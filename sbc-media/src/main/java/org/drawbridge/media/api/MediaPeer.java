package org.drawbridge.media.api;

/** What the configuration says of who is at the other end of a leg. */
public enum MediaPeer {
  /** Nothing. It is where its packets come from. */
  ANYBODY,
  /**
   * It is a server, and may be believed that its media is in another network than its signalling.
   */
  SERVER,
  /** A server whose media goes where its descriptions say, wherever its own comes from. */
  ASYMMETRIC_SERVER
}
