package org.drawbridge.b2bua;

import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.transaction.TransactionFailure;

/** What a request without a final response counts as (RFC 3261 section 8.1.3.1). */
final class Unanswered {

  private Unanswered() {}

  /** The failure of a request to this candidate. */
  static Failure of(TransactionFailure failure, Candidate candidate) {
    return switch (failure) {
      case TIMEOUT -> Failure.timeout();
      case FLOW_CLOSED -> Failure.unreachable("The connection to " + candidate.label() + " broke");
      case OVERLOADED -> Failure.ofStatus(503, "Too many requests at once");
    };
  }
}
