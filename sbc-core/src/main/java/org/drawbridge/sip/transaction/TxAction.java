package org.drawbridge.sip.transaction;

/**
 * What a machine asks the layer to do, in the order of the list. A {@link PassUp} is always last,
 * because the user may act on the transaction before it returns.
 */
sealed interface TxAction {

  /** A message to put on the wire. */
  enum Send implements TxAction {
    /** The client's request. */
    REQUEST,
    /** The ACK of the failure at hand or of the last one (RFC 3261 17.1.1.3). */
    ACK,
    /** A CANCEL of the request, which is a transaction of its own (RFC 3261 9.1). */
    CANCEL,
    /** The response at hand or else the last one. */
    RESPONSE,
    /** A 100 made by the layer. */
    TRYING
  }

  /** Starts a timer; one of the same purpose that still runs ends. */
  record StartTimer(TxTimer timer, long delay) implements TxAction {}

  /** Ends a timer, if it runs. */
  record StopTimer(TxTimer timer) implements TxAction {}

  /** Ends the transaction: its key is forgotten and its timers stop. */
  enum Terminate implements TxAction {
    TERMINATE
  }

  /** Something the transaction's user gets to know. */
  enum PassUp implements TxAction {
    /** The new request. */
    REQUEST,
    /** The ACK at hand, which belongs to a 2xx. */
    ACK,
    /** The response at hand. */
    RESPONSE,
    /** The response at hand, which no longer fits the transaction. */
    STRAY_RESPONSE,
    /** No final response came in time. */
    TIMEOUT,
    /** The client's flow closed before a final response. */
    FLOW_CLOSED,
    /** The server's flow closed before the final response. */
    LOST
  }
}
