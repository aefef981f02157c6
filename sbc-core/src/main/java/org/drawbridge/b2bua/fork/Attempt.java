package org.drawbridge.b2bua.fork;

import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failures;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** Something that may lead to an answer and can be taken back. */
public interface Attempt {

  /**
   * Takes it back; nothing more is told. What was answered stays.
   *
   * @param reason Reason value for the CANCEL, null for none
   */
  void giveUp(@Nullable String reason);

  /**
   * What attempts with several branches tell: of answer, service and failure exactly one, and
   * nothing after it.
   */
  interface Owner {
    /**
     * A provisional response; {@code alone} says that no other branch can contradict its session
     * description.
     */
    void onProgress(Branch branch, SipResponse response, boolean alone);

    /** The winner, others already cancelled. */
    void onAnswer(Branch winner, SipResponse response);

    /** A service of our own is to answer; all else is cancelled. */
    void onService(Candidate.Service service);

    /** Nobody answered; {@code noAnswer} says that the ring time was over. */
    void onFailed(Failures failures, boolean noAnswer);
  }
}
