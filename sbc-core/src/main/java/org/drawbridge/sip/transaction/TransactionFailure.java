package org.drawbridge.sip.transaction;

/** Why a request got no final response. */
public enum TransactionFailure {
  /** None came in 64*T1; to be treated as a 408 (RFC 3261 8.1.3.1). */
  TIMEOUT,
  /** The flow was or got closed; to be treated as a 503. */
  FLOW_CLOSED,
  /** The table is full and the request was not sent; to be treated as a 503. */
  OVERLOADED
}
