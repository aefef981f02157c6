package org.drawbridge.sip.transaction;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/** A request that came and is to be answered. Confined to its loop. */
public interface ServerTransaction extends ResponsePath {

  /** The request, its top Via stamped with where it came from. */
  SipRequest request();

  /** The flow it came on, over which it is answered. */
  Flow flow();

  /**
   * Sends a response over the flow; if that is closed the response is lost. Retransmission is the
   * layer's business, but for a 2xx to an INVITE, which the user gives again until the ACK comes
   * (RFC 3261 13.3.1.4) for up to 64*T1.
   *
   * <p>What may not be sent is dropped: any other response after the final one (logged), and for
   * non-INVITE requests provisionals, 408 and answers after 64*T1 (RFC 4320).
   */
  void respond(SipResponse response);

  /**
   * Answers a request once and forgets it (RFC 3261 section 8.2.7), so that a flood of such
   * requests takes no memory. For an answer that the same request, should it come again, gets
   * again, with the same To tag ({@link SipResponse#repeatable}).
   */
  void respondStateless(SipResponse response);

  /**
   * Says whether {@link #respond} refuses as {@link #respondStateless} does. So is answered whoever
   * has not shown that its address is its own (RFC 3261 section 26.3.2.4): to a forged one we would
   * send eleven times what came once. Not after a provisional response, since the client then no
   * longer repeats an INVITE whose refusal is lost.
   */
  void refuseOnce(boolean once);

  /** The way back for further responses, which does not hold on to the request. */
  ResponsePath responses();

  /** Whether the final response was given or can no longer be given. */
  boolean isAnswered();

  /** The same, holding on to no more of the request than its headers. */
  ServerTransaction withoutBody();
}
