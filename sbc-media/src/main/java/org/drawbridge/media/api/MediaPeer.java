package org.drawbridge.media.api;

/** What the configuration says of who is at the other end of a leg. */
public enum MediaPeer {
  /**
   * Nothing. It is where its packets come from, and with ICE it checks us, as every browser does.
   */
  ANYBODY,
  /**
   * It is a server, and may be believed that its media is in another network than its signalling.
   * With ICE we check it too: a server may send nothing before it has been checked.
   */
  SERVER,
  /** A server whose media goes where its descriptions say, wherever its own comes from. */
  ASYMMETRIC_SERVER
}
