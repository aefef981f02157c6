package org.drawbridge.media.api;

/** How a peer sends and takes the keys that are pressed in a call. */
public enum Dtmf {
  /**
   * As its description says: telephone-events (RFC 4733) where it names them, else tone pairs in
   * G.711 audio, else in signalling.
   */
  AUTO,
  /** Telephone-events are always offered; else as {@link #AUTO}. */
  RFC4733,
  /** In INFO requests; telephone-events are neither offered nor answered. */
  INFO,
  /** As tone pairs in G.711 audio; telephone-events are neither offered nor answered. */
  INBAND
}
