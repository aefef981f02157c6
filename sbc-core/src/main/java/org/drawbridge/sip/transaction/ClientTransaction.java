package org.drawbridge.sip.transaction;

import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** A request that was sent. Confined to its loop. */
public interface ClientTransaction {

  /**
   * The request as it was sent, our Via on top.
   *
   * @throws IllegalStateException after {@link #settle}
   */
  SipRequest request();

  /** The flow it went over. */
  Flow flow();

  /**
   * The flow that its last response came over: another than {@link #flow} where the peer has
   * changed networks meanwhile, and is there now.
   */
  Flow heardOver();

  /**
   * The peer has come on another flow since, as a phone does that changes networks while it rings:
   * a CANCEL, and the ACK of a failure, go there.
   */
  void follow(Flow flow);

  /**
   * Cancels an INVITE (RFC 3261 9.1). The CANCEL goes out once a provisional response is there. The
   * listener still gets a final response, most often 487 but a 2xx if that was faster, or {@link
   * TransactionFailure#TIMEOUT} 64*T1 later. Does nothing the second time, after a final response,
   * and to other methods.
   *
   * @param reason value of the Reason header (RFC 3326), such as {@code SIP;cause=200;text="Call
   *     completed elsewhere"}
   */
  void cancel(@Nullable String reason);

  /** What comes from now on is another's to hear, because whoever sent it has given it up. */
  void handOver(ResponseListener next);

  /**
   * After a 2xx to an INVITE: what else comes, repeats and the 2xx of other branches (RFC 6026
   * section 8.4), is another's to hear. The request is let go of.
   */
  void settle(ResponseListener further);

  /**
   * While a failure of an INVITE is told: a 2xx that comes all the same in the time of timer D, as
   * of another phone that a proxy has forked it to, is another's to hear. {@link #request} is the
   * ACK of the failure from now on, with the same names, number and credentials, which is all that
   * is kept.
   */
  void expectLateAnswer(ResponseListener late);
}
