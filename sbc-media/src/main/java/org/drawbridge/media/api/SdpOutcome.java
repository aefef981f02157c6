package org.drawbridge.media.api;

/** What became of a description a peer sent. */
public sealed interface SdpOutcome {

  /** The description was understood and can be worked with. */
  record Accepted() implements SdpOutcome {}

  /**
   * The description cannot be used.
   *
   * @param status the SIP status to answer with: 400 for malformed SDP, 488 for media we cannot
   *     carry, 491 while an offer of ours is open
   * @param reason one sentence for the Warning header and the log
   */
  record Refused(int status, String reason) implements SdpOutcome {}
}
