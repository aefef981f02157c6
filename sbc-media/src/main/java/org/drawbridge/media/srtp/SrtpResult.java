package org.drawbridge.media.srtp;

/** What became of a packet. A bad packet is normal, so it is a value. */
public enum SrtpResult {
  /** Done; the context's {@code length()} says how long the packet is now. */
  OK,
  /** Too short or malformed for its profile. */
  MALFORMED,
  /** Index seen before or too old. When sending: the index was used already. */
  REPLAYED,
  /** The tag is wrong: forged, damaged or under another key. */
  NOT_AUTHENTIC,
  /** Authentic, but from one SSRC more than a peer may use. */
  TOO_MANY_STREAMS
}
