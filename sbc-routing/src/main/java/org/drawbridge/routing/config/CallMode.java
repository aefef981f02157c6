package org.drawbridge.routing.config;

/** What stands between the two sides of a call. */
public enum CallMode {
  /** Two calls joined by us: neither side learns anything of the other. */
  B2BUA,
  /**
   * One call that passes through us (RFC 3261 section 16): cheaper, and the sides see each other.
   */
  PROXY
}
