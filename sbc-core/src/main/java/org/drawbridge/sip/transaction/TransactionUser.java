package org.drawbridge.sip.transaction;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * The core above the transactions (RFC 3261 section 5: TU). Called on the loop; requests have their
 * top Via stamped.
 */
public interface TransactionUser {

  /** Every new request but ACK and CANCEL. To be answered, now or later. */
  void onRequest(ServerTransaction transaction);

  /**
   * An INVITE is cancelled: comes once, and only while the INVITE has no final response. The CANCEL
   * has been answered; the INVITE is to be answered with 487 (RFC 3261 9.2).
   */
  void onCancel(ServerTransaction invite, SipRequest cancel);

  /** An ACK that belongs to no failure: that of a 2xx. Comes again when the peer repeats it. */
  void onAck(SipRequest ack, Flow flow);

  /** A response without a transaction: a 2xx to an INVITE that comes late, or rubbish. */
  void onStrayResponse(SipResponse response, Flow flow);

  /**
   * The stream an INVITE came on closed before its final response. The transaction is over; what
   * was begun on its behalf should end.
   */
  default void onLost(ServerTransaction invite) {}
}
