package org.drawbridge.media.api;

/** What became of the attempt to answer an offer. */
public sealed interface AnswerOutcome {

  /** The answer to send. */
  record Answer(String sdp) implements AnswerOutcome {}

  /**
   * No answer is possible.
   *
   * @param status the SIP status to answer with, 488 when no codec is shared
   * @param reason one sentence for the Warning header and the log
   */
  record Refused(int status, String reason) implements AnswerOutcome {}
}
