package org.drawbridge.media.sdp;

/** What the parser made of a text. */
public sealed interface SdpResult {

  /** The text was a description. */
  record Parsed(SessionDescription description) implements SdpResult {}

  /**
   * The text was not one.
   *
   * @param line the number of the offending line, from 1
   * @param reason what is wrong with it, without quoting it
   */
  record Malformed(int line, String reason) implements SdpResult {}
}
