package org.drawbridge.sip.transaction;

import org.drawbridge.sip.message.SipResponse;

/**
 * Hears what comes of a request: any number of provisional responses, then exactly one final
 * response or one failure. For an INVITE more 2xx may follow the first: repeats of it to be
 * acknowledged again, and other branches of a fork, told apart by To tag. Called on the loop, never
 * from within {@link TransactionLayer#send}.
 */
public interface ResponseListener {

  /**
   * A response, our Via still on top. The ACK of a failure has been sent; that of a 2xx is the
   * listener's to send.
   */
  void onResponse(ClientTransaction transaction, SipResponse response);

  /** There will be no final response. */
  void onFailure(ClientTransaction transaction, TransactionFailure failure);
}
