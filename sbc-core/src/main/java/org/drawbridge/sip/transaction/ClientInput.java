package org.drawbridge.sip.transaction;

/** What can happen to a client transaction. */
sealed interface ClientInput {

  /** What needs no more than its name. */
  enum Signal implements ClientInput {
    /** The user sends the request; comes first and once. */
    START,
    /** The user wants to cancel; only for INVITE. */
    CANCEL,
    /** The flow is gone. */
    FLOW_CLOSED,
    /** The user waits for a 2xx after the failure of its INVITE. */
    LINGER
  }

  /** A response with this status matched. */
  record Received(int status) implements ClientInput {}

  /** A timer the machine started has ended. */
  record Fired(TxTimer timer) implements ClientInput {}
}
