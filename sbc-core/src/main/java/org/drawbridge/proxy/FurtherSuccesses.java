package org.drawbridge.proxy;

import java.util.function.Function;
import org.drawbridge.proxy.media.AskedSession;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ResponsePath;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * Passes on what comes after the first 2xx of an INVITE (RFC 3261 section 16.7 item 5): its
 * repeats, and the 2xx of others that a proxy behind us has reached. All that is kept of a call for
 * the 32 s that it may take.
 *
 * @param responses the way back
 * @param session what the sender is told of session timers
 * @param rewriting what makes of a response what the sender gets
 */
record FurtherSuccesses(
    ResponsePath responses, AskedSession session, Function<SipResponse, byte[]> rewriting)
    implements ResponseListener {

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isSuccess()) {
      responses.forward(
          response.status(), response.toTag(), rewriting.apply(session.told(response)));
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {}
}
