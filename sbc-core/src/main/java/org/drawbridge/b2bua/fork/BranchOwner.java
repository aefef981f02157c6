package org.drawbridge.b2bua.fork;

import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.SipResponse;

/** What a branch tells. */
interface BranchOwner {
  /** A provisional response other than 100. */
  void onProgress(Branch branch, SipResponse response);

  /** It was answered; the owner sends the ACK. */
  void onAnswer(Branch branch, SipResponse response);

  /** It failed; its media is released. */
  void onFailed(Branch branch, Failure failure);
}
