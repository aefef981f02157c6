package org.drawbridge.sip.transaction;

/** What can happen to a server transaction. */
sealed interface ServerInput {

  /** What needs no more than its name. */
  enum Signal implements ServerInput {
    /** The request came; comes first and once. */
    START,
    /**
     * The user has the request and has not answered it for good. Timers start only now: nearly all
     * that is answered at once needs none.
     */
    TAKEN,
    /** The request came again. */
    REPEATED,
    /** An ACK matched; only for INVITE. */
    ACK,
    /** The flow is gone. */
    FLOW_CLOSED
  }

  /** The user answers with this status. */
  record Answer(int status) implements ServerInput {}

  /** A timer the machine started has ended. */
  record Fired(TxTimer timer) implements ServerInput {}
}
