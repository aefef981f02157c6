package org.drawbridge.media.session;

/** What came of reading a peer's description. */
sealed interface PeerReading {

  /** It can be worked with. */
  record Usable(PeerDescription description) implements PeerReading {}

  /** It cannot: 400 when malformed, 488 when we cannot carry what it asks for. */
  record Unusable(int status, String reason) implements PeerReading {}
}
