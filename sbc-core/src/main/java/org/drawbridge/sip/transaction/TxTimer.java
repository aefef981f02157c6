package org.drawbridge.sip.transaction;

/**
 * The timers of a transaction by their letters (RFC 3261 table 4, RFC 6026), and three that have
 * none.
 */
enum TxTimer {
  /** INVITE client: send the request again. */
  A(Purpose.NEXT_SEND),
  /** INVITE client: nothing came at all. */
  B(Purpose.END),
  /** INVITE client: repeated finals are no longer expected. */
  D(Purpose.END),
  /** Non-INVITE client: send the request again. */
  E(Purpose.NEXT_SEND),
  /** Non-INVITE client: no final came. */
  F(Purpose.END),
  /** INVITE server: send the final again. */
  G(Purpose.NEXT_SEND),
  /** INVITE server: no ACK came. */
  H(Purpose.END),
  /** INVITE server: repeated ACKs are no longer expected. */
  I(Purpose.END),
  /** Non-INVITE server: repeated requests are no longer expected. */
  J(Purpose.END),
  /** Non-INVITE client: repeated finals are no longer expected. */
  K(Purpose.END),
  /** INVITE server: repeated INVITEs after a 2xx are no longer expected. */
  L(Purpose.END),
  /** INVITE client: further 2xx are no longer expected. */
  M(Purpose.END),
  /** Server: the user has not answered, so a 100 is sent (RFC 3261 17.2.1, RFC 4320 4.1). */
  TRYING(Purpose.NEXT_SEND),
  /** Non-INVITE server: the client has given up; nothing may be sent any more (RFC 4320 4.2). */
  EXPIRED(Purpose.END),
  /** INVITE client: no final came 64*T1 after the CANCEL (RFC 3261 9.1). */
  CANCELLED(Purpose.END);

  /** What a timer is for. A transaction never runs two timers of the same purpose at once. */
  enum Purpose {
    NEXT_SEND,
    END
  }

  private final Purpose purpose;

  TxTimer(Purpose purpose) {
    this.purpose = purpose;
  }

  Purpose purpose() {
    return purpose;
  }
}
